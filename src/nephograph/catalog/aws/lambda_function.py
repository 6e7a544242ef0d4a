"""Lambda function, with the permissions and the URL that are resources of their own."""

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
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import one
from nephograph.model.resource import Class


def _permission(document: Cursor) -> dict[str, Tree]:
    return {
        "statement_id": document.at("statement_id"),
        "action": document.at("action"),
        "principal": document.at("principal"),
        "organization": document.at("principal_org_id"),
        "source_arn": document.at("source_arn"),
        "source_account": document.at("source_account"),
        "function_url_auth_type": document.at("function_url_auth_type"),
        "event_source_token": document.at("event_source_token"),
        "qualifier": document.at("qualifier"),
        "through_function_url": document.at("invoked_via_function_url"),
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
        "permissions": items(
            statement_id=text(),
            action=text(),
            principal=text(),
            organization=text(),
            source_arn=text(),
            source_account=text(),
            function_url_auth_type=text(),
            event_source_token=text(),
            qualifier=text(),
            through_function_url=flag(),
        ),
        "url": group(auth_type=text(), invoke_mode=text(), qualifier=text()),
        "tags": mapping(),
    },
    links=(
        Link("runs_as", "role"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("encrypted_by", "kms_key"),
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
                "tags": "tags",
            },
            computed={"function_name": "{name}", "invoke_arn": _INVOKE_ARN},
            ignores=(
                "architectures",
                "code_sha256",
                "code_signing_config_arn",
                "dead_letter_config",
                "description",
                "ephemeral_storage",
                "file_system_config",
                "filename",
                "image_config",
                "logging_config",
                "memory_size",
                "publish",
                "replace_security_groups_on_destroy",
                "replacement_security_group_ids",
                "reserved_concurrent_executions",
                "s3_bucket",
                "s3_key",
                "s3_object_version",
                "skip_destroy",
                "snap_start",
                "source_code_hash",
                "source_kms_key_arn",
                "timeout",
                "tracing_config",
            ),
        ),
        Spelling(
            "terraform",
            "aws_lambda_permission",
            {"permissions": one(_permission)},
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
                "url.qualifier": "qualifier",
            },
            part_of="function_name",
            computed={"function_arn": "arn"},
            ignores=("cors",),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    ),
)
