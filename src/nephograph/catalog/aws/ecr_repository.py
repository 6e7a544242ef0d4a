"""ECR repository, with its policy and lifecycle rules."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, group, mapping, policy, reference, text
from nephograph.catalog.readers import always, tags, when_said
from nephograph.model.resource import Class

_URL = "{account}.dkr.ecr.{region}.amazonaws.com/{name}"

KIND = Kind(
    native="AWS::ECR::Repository",
    service="ecr",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:ecr:{region}:{account}:repository/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "policy": policy(),
        "tag_mutability": text(default="MUTABLE"),
        # By the repository's own word; an account may scan all of them.
        "scan_on_push": flag(default=False),
        "encryption": group(type=text(default="AES256"), kms_key=reference("aws_kms_key")),
        # Whether rules say which images expire.
        "lifecycle": flag(default=False),
        "created": text(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "encryption.kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_ecr_repository",
            {
                "name": "name",
                "tag_mutability": "image_tag_mutability",
                "scan_on_push": "image_scanning_configuration.scan_on_push",
                "encryption.type": "encryption_configuration.encryption_type",
                "encryption.kms_key": "encryption_configuration.kms_key",
                "tags": "tags",
            },
            computed={"name": "{name}", "repository_url": _URL},
            ignores=("force_delete", "image_tag_mutability_exclusion_filter", "registry_id"),
        ),
        Spelling(
            "terraform",
            "aws_ecr_repository_policy",
            {"policy": "policy"},
            part_of="repository",
            ignores=("registry_id",),
        ),
        Spelling(
            "terraform",
            "aws_ecr_lifecycle_policy",
            {"lifecycle": always(True)},
            part_of="repository",
            ignores=("policy", "registry_id"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECR::Repository",
            {
                "name": "RepositoryName",
                "policy": "RepositoryPolicyText",
                "tag_mutability": "ImageTagMutability",
                "scan_on_push": "ImageScanningConfiguration.ScanOnPush",
                "encryption.type": "EncryptionConfiguration.EncryptionType",
                "encryption.kms_key": "EncryptionConfiguration.KmsKey",
                "lifecycle": when_said("LifecyclePolicy.LifecyclePolicyText", True),
                "tags": tags("Tags"),
            },
            computed={"RepositoryUri": _URL},
            ignores=("EmptyOnDelete", "ImageTagMutabilityExclusionFilters"),
        ),
        Spelling(
            "api",
            "ecr:DescribeRepositories",
            {
                "name": "repositoryName",
                "tag_mutability": "imageTagMutability",
                "scan_on_push": "imageScanningConfiguration.scanOnPush",
                "encryption.type": "encryptionConfiguration.encryptionType",
                "encryption.kms_key": "encryptionConfiguration.kmsKey",
                "created": "createdAt",
            },
            items="repositories.*",
            key="repositoryName",
            ignores=("imageTagMutabilityExclusionFilters", "registryId", "repositoryArn", "repositoryUri"),
        ),
        Spelling(
            "api",
            "ecr:GetRepositoryPolicy",
            {"policy": "policyText"},
            part_of="repositoryName",
            asks=("repositoryName",),
            ignores=("registryId",),
        ),
        Spelling(
            "api",
            "ecr:GetLifecyclePolicy",
            {"lifecycle": when_said("lifecyclePolicyText", True)},
            part_of="repositoryName",
            asks=("repositoryName",),
            ignores=("lastEvaluatedAt", "registryId"),
        ),
        Spelling(
            "api", "ecr:ListTagsForResource", {"tags": tags("tags")}, part_of="resourceArn", asks=("resourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",),
)
