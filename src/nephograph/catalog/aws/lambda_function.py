"""Lambda function, with the permissions and the URL that are resources of their own."""

from nephograph.catalog.aws._lambda import permission, permissions, policy_permissions, qualifier_in
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Otherwise,
    Spelling,
    group,
    items,
    keyed,
    mapping,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import each, one, one_when, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_IMAGE = Unknown(Reason.NOT_SEEN, "the answer of lambda:GetFunction")


def _reserved(document: Cursor) -> Tree:
    """-1 reserves nothing."""
    said = document.at("reserved_concurrent_executions")
    return None if said.value in (-1, "-1") else said


def _package(document: Cursor) -> Tree:
    """CloudFormation takes code that is an image for what it is."""
    said, image = document.at("PackageType"), document.at("Code", "ImageUri")
    return image.be("Image") if not says(said) and says(image) else said


def _unsaid_image(document: Cursor) -> Tree:
    """Lists leave out which image a function of that kind runs."""
    package = document.at("PackageType")
    return package.be(_IMAGE) if package.value == "Image" else None


def _alias(document: Cursor) -> dict[str, Tree]:
    return {"name": document.at("Name"), "version": document.at("FunctionVersion")}


def _settings(prefix: str) -> Fields:
    """A function's configuration, as the API says it: by itself, in a list, or along with more."""
    said = {
        "name": "FunctionName",
        "role": "Role",
        "runtime": "Runtime",
        "handler": "Handler",
        "package_type": "PackageType",
        "subnets": "VpcConfig.SubnetIds",
        "security_groups": "VpcConfig.SecurityGroupIds",
        "environment": "Environment.Variables",
        "kms_key": "KMSKeyArn",
        "memory": "MemorySize",
        "timeout": "Timeout",
        "architectures": "Architectures",
        "tracing": "TracingConfig.Mode",
        "dead_letters": "DeadLetterConfig.TargetArn",
        "log_group": "LoggingConfig.LogGroup",
        "snap_start": "SnapStart.ApplyOn",
    }
    layers = each(f"{prefix}Layers", lambda layer: {"arn": layer.at("Arn")})

    def arns(document: Cursor) -> Tree:
        found = layers(document)
        return [one["arn"] if isinstance(one, dict) else one for one in found] if isinstance(found, list) else found

    return {
        **{field: prefix + path for field, path in said.items()},
        "layers": arns,
        "file_systems": each(
            f"{prefix}FileSystemConfigs", lambda one: {"access_point": one.at("Arn"), "path": one.at("LocalMountPath")}
        ),
    }


_SETTINGS_IGNORED = (
    "AcceleratorConfig",
    "CapacityProviderConfig",
    "CodeSha256",
    "CodeSize",
    "ConfigSha256",
    "Description",
    "DurableConfig",
    "EphemeralStorage",
    "FunctionArn",
    "ImageConfigResponse",
    "LastModified",
    "LastUpdateStatus",
    "LastUpdateStatusReason",
    "LastUpdateStatusReasonCode",
    "MasterArn",
    "RevisionId",
    "RuntimeConfig",
    "RuntimeVersionConfig",
    "SigningJobArn",
    "SigningProfileVersionArn",
    "State",
    "StateReason",
    "StateReasonCode",
    "TenancyConfig",
    "Version",
)

_URL: Fields = {
    "url.auth_type": "AuthType",
    "url.invoke_mode": "InvokeMode",
    "url.qualifier": lambda document: qualifier_in(document.at("FunctionArn")),
    "url.origins": "Cors.AllowOrigins",
}


_ARN = "arn:{partition}:lambda:{region}:{account}:function:{name}"
_INVOKE_ARN = f"arn:{{partition}}:apigateway:{{region}}:lambda:path/2015-03-31/functions/{_ARN}/invocations"

KIND = Kind(
    native="AWS::Lambda::Function",
    service="lambda",
    cls=Class.FUNCTION,
    identity=("name",),
    arn=_ARN,
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "role": reference("aws_iam_role"),
        "runtime": text(),
        "handler": text(),
        "package_type": text(default="Zip"),
        "image": text(),
        "layers": texts(),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "environment": mapping(),
        "kms_key": reference("aws_kms_key"),
        "permissions": permissions(),
        "url": group(auth_type=text(), invoke_mode=text(), qualifier=text(), origins=texts()),
        "aliases": keyed("name", name=text(), version=text()),
        "memory": number(default=128),
        "timeout": number(default=3),
        "architectures": texts(),
        "tracing": text(default="PassThrough"),
        "dead_letters": reference("aws_sqs_queue", "aws_sns_topic"),
        "log_group": reference("aws_cloudwatch_log_group"),
        "snap_start": text(default="None"),
        "file_systems": items(access_point=reference("aws_efs_access_point"), path=text()),
        "reserved_concurrency": number(),
        "code_signing": text(),
        "tags": mapping(),
    },
    links=(
        Link("runs_as", "role"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("encrypted_by", "kms_key"),
        Link("sends_to", "dead_letters"),
        Link("logs_to", "log_group"),
        Link("mounts", "file_systems.*.access_point"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_lambda_function",
            {
                "name": "function_name",
                "role": "role",
                "runtime": "runtime",
                "handler": "handler",
                "package_type": "package_type",
                "image": "image_uri",
                "layers": "layers",
                "subnets": "vpc_config.subnet_ids",
                "security_groups": "vpc_config.security_group_ids",
                "environment": "environment.variables",
                "kms_key": "kms_key_arn",
                "memory": "memory_size",
                "timeout": "timeout",
                "architectures": "architectures",
                "tracing": "tracing_config.mode",
                "dead_letters": "dead_letter_config.target_arn",
                "log_group": "logging_config.log_group",
                "snap_start": "snap_start.apply_on",
                "file_systems": each(
                    "file_system_config",
                    lambda one: {"access_point": one.at("arn"), "path": one.at("local_mount_path")},
                ),
                "reserved_concurrency": _reserved,
                "code_signing": "code_signing_config_arn",
                "tags": "tags",
            },
            computed={"function_name": "{name}", "invoke_arn": _INVOKE_ARN},
            ignores=(
                "capacity_provider_config",
                "code_sha256",
                "description",
                "durable_config",
                "ephemeral_storage",
                "filename",
                "image_config",
                "last_modified",
                "publish",
                "publish_to",
                "qualified_arn",
                "qualified_invoke_arn",
                "replace_security_groups_on_destroy",
                "replacement_security_group_ids",
                "s3_bucket",
                "s3_key",
                "s3_object_version",
                "signing_job_arn",
                "signing_profile_version_arn",
                "skip_destroy",
                "source_code_hash",
                "source_code_size",
                "source_kms_key_arn",
                "tenancy_config",
                "version",
            ),
        ),
        Spelling(
            "terraform",
            "aws_lambda_permission",
            {
                "permissions": permission(
                    {
                        "statement_id": "statement_id",
                        "action": "action",
                        "principal": "principal",
                        "organization": "principal_org_id",
                        "source_arn": "source_arn",
                        "source_account": "source_account",
                        "function_url_auth_type": "function_url_auth_type",
                        "event_source_token": "event_source_token",
                        "qualifier": "qualifier",
                        "through_function_url": "invoked_via_function_url",
                    }
                )
            },
            # Holds the name or an ARN of the function.
            part_of="function_name",
            ignores=("statement_id_prefix",),
        ),
        Spelling(
            "terraform",
            "aws_lambda_function_url",
            {
                "url.auth_type": "authorization_type",
                # Only a function that has a URL has a mode.
                "url.invoke_mode": Otherwise("invoke_mode", "BUFFERED"),
                "url.qualifier": lambda document: document.at("qualifier") if says(document.at("qualifier")) else None,
                "url.origins": "cors.allow_origins",
            },
            part_of="function_name",
            computed={"function_arn": "arn"},
            ignores=("function_url", "url_id"),
        ),
        Spelling(
            "terraform",
            "aws_lambda_alias",
            {
                "aliases": one(
                    lambda document: {"name": document.at("name"), "version": document.at("function_version")}
                )
            },
            part_of="function_name",
            ignores=("description", "invoke_arn", "routing_config"),
        ),
        Spelling(
            "cloudformation",
            "AWS::Lambda::Function",
            {
                "name": "FunctionName",
                "role": "Role",
                "runtime": "Runtime",
                "handler": "Handler",
                "package_type": _package,
                "image": "Code.ImageUri",
                "layers": "Layers",
                "subnets": "VpcConfig.SubnetIds",
                "security_groups": "VpcConfig.SecurityGroupIds",
                "environment": "Environment.Variables",
                "kms_key": "KmsKeyArn",
                "memory": "MemorySize",
                "timeout": "Timeout",
                "architectures": "Architectures",
                "tracing": "TracingConfig.Mode",
                "dead_letters": "DeadLetterConfig.TargetArn",
                "log_group": "LoggingConfig.LogGroup",
                "snap_start": "SnapStart.ApplyOn",
                "file_systems": each(
                    "FileSystemConfigs", lambda one: {"access_point": one.at("Arn"), "path": one.at("LocalMountPath")}
                ),
                "reserved_concurrency": "ReservedConcurrentExecutions",
                "code_signing": "CodeSigningConfigArn",
                "tags": tags("Tags"),
            },
            ignores=(
                "CapacityProviderConfig",
                "Description",
                "DurableConfig",
                "EphemeralStorage",
                "FunctionScalingConfig",
                "ImageConfig",
                "PublishToLatestPublished",
                "RecursiveLoop",
                "RuntimeManagementConfig",
                "TenancyConfig",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Lambda::Permission",
            {
                "permissions": permission(
                    {
                        "action": "Action",
                        "principal": "Principal",
                        "organization": "PrincipalOrgID",
                        "source_arn": "SourceArn",
                        "source_account": "SourceAccount",
                        "function_url_auth_type": "FunctionUrlAuthType",
                        "event_source_token": "EventSourceToken",
                        "through_function_url": "InvokedViaFunctionUrl",
                    }
                )
            },
            part_of="FunctionName",
        ),
        Spelling(
            "cloudformation",
            "AWS::Lambda::Url",
            {
                "url.auth_type": "AuthType",
                "url.invoke_mode": Otherwise("InvokeMode", "BUFFERED"),
                "url.qualifier": "Qualifier",
                "url.origins": "Cors.AllowOrigins",
            },
            part_of="TargetFunctionArn",
            computed={"FunctionArn": "arn"},
        ),
        Spelling(
            "cloudformation",
            "AWS::Lambda::Alias",
            {"aliases": one_when("Name", _alias)},
            part_of="FunctionName",
            ignores=("Description", "ProvisionedConcurrencyConfig", "RoutingConfig"),
        ),
        Spelling(
            "api",
            "lambda:ListFunctions",
            {**_settings(""), "image": _unsaid_image},
            items="Functions.*",
            key="FunctionName",
            ignores=_SETTINGS_IGNORED,
        ),
        Spelling(
            "api",
            "lambda:GetFunctionConfiguration",
            {**_settings(""), "image": _unsaid_image},
            key="FunctionName",
            asks=("FunctionName",),
            ignores=_SETTINGS_IGNORED,
        ),
        Spelling(
            "api",
            "lambda:GetFunction",
            {
                **_settings("Configuration."),
                "image": "Code.ImageUri",
                "reserved_concurrency": "Concurrency.ReservedConcurrentExecutions",
                "tags": "Tags",
            },
            key="FunctionName",
            asks=("FunctionName",),
            ignores=("TagsError",),
        ),
        Spelling(
            "api",
            "lambda:GetFunctionConcurrency",
            {"reserved_concurrency": "ReservedConcurrentExecutions"},
            part_of="FunctionName",
            asks=("FunctionName",),
        ),
        Spelling(
            "api",
            "lambda:GetFunctionCodeSigningConfig",
            {"code_signing": "CodeSigningConfigArn"},
            part_of="FunctionName",
            asks=("FunctionName",),
        ),
        Spelling("api", "lambda:ListTags", {"tags": "Tags"}, part_of="Resource", asks=("Resource",)),
        Spelling(
            "api",
            "lambda:GetPolicy",
            {"permissions": policy_permissions},
            part_of="FunctionName",
            asks=("FunctionName",),
            ignores=("RevisionId",),
        ),
        Spelling(
            "api",
            "lambda:GetFunctionUrlConfig",
            _URL,
            part_of="FunctionName",
            asks=("FunctionName",),
            ignores=("CreationTime", "FunctionUrl", "LastModifiedTime"),
        ),
        Spelling(
            "api",
            "lambda:ListFunctionUrlConfigs",
            _URL,
            items="FunctionUrlConfigs.*",
            part_of="FunctionName",
            asks=("FunctionName",),
            ignores=("CreationTime", "FunctionUrl", "LastModifiedTime"),
        ),
        Spelling(
            "api",
            "lambda:ListAliases",
            {"aliases": one_when("Name", _alias)},
            items="Aliases.*",
            part_of="FunctionName",
            asks=("FunctionName",),
            ignores=("AliasArn", "Description", "RevisionId", "RoutingConfig"),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    ),
)
