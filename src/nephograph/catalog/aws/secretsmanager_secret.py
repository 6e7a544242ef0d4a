"""Secrets Manager secret. Its value is never read: of a version only whether the code holds the value."""

from nephograph.catalog.language import (
    Field,
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import in_code, one
from nephograph.model.resource import Class

_ROTATION: Fields = {
    "rotation.lambda": "rotation_lambda_arn",
    "rotation.days": "rotation_rules.automatically_after_days",
    "rotation.schedule": "rotation_rules.schedule_expression",
}
_ROTATION_FIELDS: dict[str, Field] = {
    "lambda": reference("aws_lambda_function"),
    "days": number(),
    "schedule": text(),
}
_VALUE = in_code("secret_string", "secret_binary", "secret_string_wo")
# AWS adds a hyphen and six random characters to the name.
_ARN = "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}"

KIND = Kind(
    native="AWS::SecretsManager::Secret",
    service="secretsmanager",
    cls=Class.SECRET,
    identity=("name",),
    arn=_ARN,
    id=_ARN,
    label="name",
    fields={
        "name": text(),
        "suffix": text(),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "policy": policy(),
        "rotation": group(**_ROTATION_FIELDS),
        "recovery_days": number(default=30),
        "versions": items(in_code=flag()),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("rotated_by", "rotation.lambda")),
    spellings=(
        Spelling(
            "terraform",
            "aws_secretsmanager_secret",
            {
                "name": "name",
                "kms_key": "kms_key_id",
                "policy": "policy",
                # Until provider v4 the rotation stood here.
                **_ROTATION,
                "recovery_days": "recovery_window_in_days",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("description", "force_overwrite_replica_secret", "name_prefix", "replica"),
        ),
        Spelling(
            "terraform",
            "aws_secretsmanager_secret_policy",
            {"policy": "policy"},
            part_of="secret_arn",
            computed={"id": "arn"},
            ignores=("block_public_policy",),
        ),
        Spelling(
            "terraform",
            "aws_secretsmanager_secret_rotation",
            _ROTATION,
            part_of="secret_id",
            computed={"id": "arn"},
            ignores=("rotate_immediately",),
        ),
        Spelling(
            "terraform",
            "aws_secretsmanager_secret_version",
            {"versions": one(lambda document: {"in_code": _VALUE(document)})},
            part_of="secret_id",
            computed={"arn": "arn"},
            ignores=("secret_string_wo_version", "version_stages"),
        ),
    ),
    references=("https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",),
)
