"""Amazon S3 bucket, with everything Terraform splits into resources of its own."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    group,
    items,
    mapping,
    policy,
    reference,
    text,
)
from nephograph.model.resource import Class


def _grants(document: Cursor) -> Tree:
    """`grant` blocks of the bucket (one grantee, many permissions) as one grant a permission."""
    grants: list[Tree] = [
        {"grantee": grant.first("uri", "id"), "permission": permission}
        for grant in document.at("grant").each()
        for permission in grant.at("permissions").each()
    ]
    return grants or None


def _acl_grants(document: Cursor) -> Tree:
    grants: list[Tree] = [
        {"grantee": grant.at("grantee").first("uri", "id", "email_address"), "permission": grant.at("permission")}
        for grant in document.at("access_control_policy", "grant").each()
    ]
    return grants or None


def _versioning(document: Cursor) -> Tree:
    """`versioning { enabled = true }` (provider v3) in today's words."""
    enabled = document.at("versioning", "enabled")
    if not enabled.present or enabled.unknown:
        return enabled
    return enabled.be("Enabled" if enabled.value in (True, "true") else "Suspended")


_BLOCKS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")


_SILENT = {
    "accelerate_configuration": ("expected_bucket_owner", "status"),
    "cors_configuration": ("cors_rule", "expected_bucket_owner"),
    "lifecycle_configuration": ("expected_bucket_owner", "rule", "transition_default_minimum_object_size"),
    "object_lock_configuration": ("expected_bucket_owner", "object_lock_enabled", "rule", "token"),
    "request_payment_configuration": ("expected_bucket_owner", "payer"),
}
"""Parts that say nothing a lens asks for, and what they hold."""

_PART = {"id": "{name}"}
"""The id of a part is the name of its bucket."""

_RULE = "rule.apply_server_side_encryption_by_default"

KIND = Kind(
    native="AWS::S3::Bucket",
    service="s3",
    cls=Class.OBJECT_STORAGE,
    identity=("name",),
    global_=True,
    arn="arn:{partition}:s3:::{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "policy": policy(),
        "acl": text(default="private"),
        "grants": items(grantee=text(), permission=text()),
        "ownership": text(default="BucketOwnerEnforced", since="buckets created since April 2023"),
        "public_access_block": group(
            block_public_acls=flag(default=True, since="buckets created since April 2023"),
            ignore_public_acls=flag(default=True, since="buckets created since April 2023"),
            block_public_policy=flag(default=True, since="buckets created since April 2023"),
            restrict_public_buckets=flag(default=True, since="buckets created since April 2023"),
        ),
        "encryption": group(algorithm=text(default="AES256", since="January 2023"), kms_key=reference("aws_kms_key")),
        "versioning": text(default="Disabled"),
        "logging": group(bucket=reference("aws_s3_bucket"), prefix=text()),
        "tags": mapping(),
    },
    links=(
        Link("encrypted_by", "encryption.kms_key"),
        Link("logs_to", "logging.bucket"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_s3_bucket",
            {
                "name": "bucket",
                "policy": "policy",
                "acl": "acl",
                "grants": _grants,
                "encryption.algorithm": f"server_side_encryption_configuration.{_RULE}.sse_algorithm",
                "encryption.kms_key": f"server_side_encryption_configuration.{_RULE}.kms_master_key_id",
                "versioning": _versioning,
                "logging.bucket": "logging.target_bucket",
                "logging.prefix": "logging.target_prefix",
                "tags": "tags",
            },
            computed={
                "bucket": "{name}",
                "bucket_domain_name": "{name}.s3.amazonaws.com",
                "bucket_regional_domain_name": "{name}.s3.{region}.amazonaws.com",
            },
            ignores=(
                "acceleration_status",
                "bucket_namespace",
                "bucket_prefix",
                "cors_rule",
                "force_destroy",
                "lifecycle_rule",
                "object_lock_configuration",
                "object_lock_enabled",
                "replication_configuration",
                "request_payer",
                "website",
            ),
        ),
        Spelling("terraform", "aws_s3_bucket_policy", {"policy": "policy"}, part_of="bucket", computed=_PART),
        Spelling(
            "terraform",
            "aws_s3_bucket_acl",
            {"acl": "acl", "grants": _acl_grants},
            # Its id holds the list as well.
            part_of="bucket",
            ignores=("expected_bucket_owner",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_ownership_controls",
            {"ownership": "rule.object_ownership"},
            part_of="bucket",
            computed=_PART,
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_public_access_block",
            # A block that leaves a flag out sets it to false: not the default of a bucket without a block.
            {f"public_access_block.{name}": Otherwise(name, False) for name in _BLOCKS},
            part_of="bucket",
            computed=_PART,
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_server_side_encryption_configuration",
            {"encryption.algorithm": f"{_RULE}.sse_algorithm", "encryption.kms_key": f"{_RULE}.kms_master_key_id"},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_versioning",
            {"versioning": "versioning_configuration.status"},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "mfa"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_logging",
            {"logging.bucket": "target_bucket", "logging.prefix": "target_prefix"},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "target_grant", "target_object_key_format"),
        ),
        *(
            Spelling("terraform", f"aws_s3_bucket_{rest}", {}, part_of="bucket", computed=_PART, ignores=ignored)
            for rest, ignored in _SILENT.items()
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    ),
)
