"""App Runner service: a web application whose code holds the credentials of its instance role."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::AppRunner::Service",
    service="apprunner",
    cls=Class.COMPUTE,
    identity=("name",),
    arn="arn:{partition}:apprunner:{region}:{account}:service/{name}/{service_id}",
    id="{service_id}",
    label="name",
    fields={
        "name": text(),
        "service_id": text(),
        # What the application runs as; the access role is the one that App Runner pulls the image with.
        "role": reference("aws_iam_role"),
        "access_role": reference("aws_iam_role"),
        "image": text(),
        "public": flag(default=True),
        "kms_key": reference("aws_kms_key"),
        "tags": mapping(),
    },
    links=(Link("runs_as", "role"), Link("refers_to", "access_role"), Link("encrypted_by", "kms_key")),
    spellings=(
        Spelling(
            "terraform",
            "aws_apprunner_service",
            {
                "name": "service_name",
                "service_id": "service_id",
                "role": "instance_configuration.instance_role_arn",
                "access_role": "source_configuration.authentication_configuration.access_role_arn",
                "image": "source_configuration.image_repository.image_identifier",
                "public": "network_configuration.ingress_configuration.is_publicly_accessible",
                "kms_key": "encryption_configuration.kms_key",
                "tags": "tags",
            },
            computed={"service_name": "{name}", "service_id": "{service_id}", "id": "arn"},
            ignores=(
                "auto_scaling_configuration_arn",
                "health_check_configuration",
                "observability_configuration",
                "service_url",
                "status",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::AppRunner::Service",
            {
                "name": "ServiceName",
                "role": "InstanceConfiguration.InstanceRoleArn",
                "access_role": "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn",
                "image": "SourceConfiguration.ImageRepository.ImageIdentifier",
                "public": "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible",
                "kms_key": "EncryptionConfiguration.KmsKey",
                "tags": tags("Tags"),
            },
            computed={"Ref": "arn", "ServiceArn": "arn", "ServiceId": "{service_id}"},
            ignores=(
                "AutoScalingConfigurationArn",
                "HealthCheckConfiguration",
                "ObservabilityConfiguration",
            ),
        ),
        Spelling(
            "api",
            "apprunner:ListServices",
            {
                "name": "ServiceName",
                "service_id": "ServiceId",
            },
            items="ServiceSummaryList.*",
            key="ServiceArn",
            ignores=(
                "CreatedAt",
                "NextToken",
                "ServiceUrl",
                "Status",
                "UpdatedAt",
            ),
        ),
        Spelling(
            "api",
            "apprunner:DescribeService",
            {
                "name": "ServiceName",
                "role": "InstanceConfiguration.InstanceRoleArn",
                "access_role": "SourceConfiguration.AuthenticationConfiguration.AccessRoleArn",
                "image": "SourceConfiguration.ImageRepository.ImageIdentifier",
                "public": "NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible",
                "kms_key": "EncryptionConfiguration.KmsKey",
                "service_id": "ServiceId",
            },
            items="Service",
            key="ServiceArn",
            ignores=(
                "AutoScalingConfigurationSummary",
                "CreatedAt",
                "DeletedAt",
                "HealthCheckConfiguration",
                "ObservabilityConfiguration",
                "ServiceUrl",
                "Status",
                "UpdatedAt",
            ),
        ),
        Spelling(
            "api", "apprunner:ListTagsForResource", {"tags": tags("Tags")}, part_of="ResourceArn", asks=("ResourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html",),
)
