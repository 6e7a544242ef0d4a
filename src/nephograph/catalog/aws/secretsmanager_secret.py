"""Secrets Manager secret. Its value is never read: of a version only whether the code holds the value."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Field,
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    group,
    in_code_only,
    items,
    keyed,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import always, each, in_code, not_said_here, one, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Unknown


def _suffix(name: str) -> Reader:
    """The six characters at the end of the ARN."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        if not isinstance(arn.value, str):
            return None
        return arn.be(arn.value[-6:]) if arn.value[-7:-6] == "-" else None

    return read


def _told(name: str) -> Reader:
    """The versions of a template's secret: its one value is written, or AWS makes it."""
    read_value = in_code(name)

    def read(document: Cursor) -> Tree:
        made = document.at("GenerateSecretString")
        if says(document.at(name)):
            return [{"in_code": read_value(document)}]
        return [{"in_code": made.be(False)}] if says(made) else None

    return read


def _rotates(document: Cursor) -> Tree:
    """A function that is named rotates the secret; what a reference names exists once everything is applied."""
    function, said = document.at("rotation_lambda_arn"), document.at("rotation_enabled")
    if says(said):
        return said
    if isinstance(function.value, Unknown) and function.value.ref is None:
        return function
    return function.be(True) if says(function) else None


_ROTATION: Fields = {
    "rotation.enabled": _rotates,
    "rotation.lambda": "rotation_lambda_arn",
    "rotation.days": "rotation_rules.automatically_after_days",
    "rotation.schedule": "rotation_rules.schedule_expression",
}
_ROTATION_FIELDS: dict[str, Field] = {
    # The function and the rules stay when rotation is turned off.
    "enabled": flag(),
    "lambda": reference("aws_lambda_function"),
    "days": number(),
    "schedule": text(),
}
_ANSWER: Fields = {
    "name": "Name",
    "suffix": _suffix("ARN"),
    "kms_key": "KmsKeyId",
    "rotation.enabled": "RotationEnabled",
    "rotation.lambda": "RotationLambdaARN",
    "rotation.days": "RotationRules.AutomaticallyAfterDays",
    "rotation.schedule": "RotationRules.ScheduleExpression",
    # A live value is in no code.
    "versions": not_said_here,
    "created": "CreatedDate",
    "last_changed": "LastChangedDate",
    "last_accessed": "LastAccessedDate",
    "last_rotated": "LastRotatedDate",
    "deleted": "DeletedDate",
    "owning_service": "OwningService",
    "tags": tags("Tags"),
}
_LOOKED_AT = (
    "Description",
    "ExternalSecretRotationMetadata",
    "ExternalSecretRotationRoleArn",
    "NextRotationDate",
    "PrimaryRegion",
    "Type",
)
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
        "versions": items(in_code=in_code_only()),
        "replicas": keyed("region", region=text(), kms_key=reference("aws_kms_key", "aws_kms_alias")),
        "created": text(),
        "last_changed": text(),
        "last_accessed": text(),
        "last_rotated": text(),
        # It can be restored until the recovery window ends.
        "deleted": text(),
        # The service that made it and keeps it.
        "owning_service": text(),
        "tags": mapping(),
    },
    links=(
        Link("encrypted_by", "kms_key"),
        Link("encrypted_by", "replicas.*.kms_key"),
        Link("rotated_by", "rotation.lambda"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_secretsmanager_secret",
            {
                "name": "name",
                "suffix": _suffix("arn"),
                "kms_key": "kms_key_id",
                "policy": "policy",
                # Until provider v4 the rotation stood here.
                **_ROTATION,
                "recovery_days": "recovery_window_in_days",
                "replicas": each("replica", lambda r: {"region": r.at("region"), "kms_key": r.at("kms_key_id")}),
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("description", "force_overwrite_replica_secret", "name_prefix", "type"),
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
            {**_ROTATION, "rotation.enabled": always(True)},
            part_of="secret_id",
            computed={"id": "arn"},
            ignores=("rotate_immediately", "rotation_enabled"),
        ),
        Spelling(
            "terraform",
            "aws_secretsmanager_secret_version",
            {"versions": one(lambda document: {"in_code": _VALUE(document)})},
            part_of="secret_id",
            computed={"arn": "arn"},
            ignores=("has_secret_string_wo", "secret_string_wo_version", "version_id", "version_stages"),
        ),
        Spelling(
            "cloudformation",
            "AWS::SecretsManager::Secret",
            {
                "name": "Name",
                "kms_key": "KmsKeyId",
                "versions": _told("SecretString"),
                "replicas": each("ReplicaRegions", lambda r: {"region": r.at("Region"), "kms_key": r.at("KmsKeyId")}),
                "tags": tags("Tags"),
            },
            computed={"Id": "arn"},
            ignores=("Description", "Type"),
        ),
        Spelling(
            "cloudformation",
            "AWS::SecretsManager::ResourcePolicy",
            {"policy": "ResourcePolicy"},
            part_of="SecretId",
            ignores=("BlockPublicPolicy",),
        ),
        Spelling(
            "cloudformation",
            "AWS::SecretsManager::RotationSchedule",
            {
                "rotation.enabled": always(True),
                "rotation.lambda": "RotationLambdaARN",
                "rotation.days": "RotationRules.AutomaticallyAfterDays",
                "rotation.schedule": "RotationRules.ScheduleExpression",
            },
            part_of="SecretId",
            ignores=(
                "ExternalSecretRotationMetadata",
                "ExternalSecretRotationRoleArn",
                "HostedRotationLambda",
                "RotateImmediatelyOnUpdate",
            ),
        ),
        # It writes the address of a database into the secret.
        Spelling(
            "cloudformation",
            "AWS::SecretsManager::SecretTargetAttachment",
            {},
            part_of="SecretId",
            ignores=("TargetId", "TargetType"),
        ),
        Spelling(
            "api",
            "secretsmanager:ListSecrets",
            _ANSWER,
            items="SecretList.*",
            key="ARN",
            ignores=tuple(sorted((*_LOOKED_AT, "SecretVersionsToStages"))),
        ),
        Spelling(
            "api",
            "secretsmanager:DescribeSecret",
            {
                **_ANSWER,
                "replicas": each(
                    "ReplicationStatus", lambda r: {"region": r.at("Region"), "kms_key": r.at("KmsKeyId")}
                ),
            },
            key="ARN",
            ignores=tuple(sorted((*_LOOKED_AT, "CrossAccountPrimary", "CrossAccountReplicas", "VersionIdsToStages"))),
        ),
        Spelling(
            "api",
            "secretsmanager:GetResourcePolicy",
            {"policy": "ResourcePolicy"},
            part_of="ARN",
            ignores=("Name", "PolicyName"),
        ),
    ),
    references=("https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",),
)
