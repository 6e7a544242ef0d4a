"""Alias of a KMS key: a name that policies and references may use in its place."""

from nephograph.catalog.language import Kind, Link, Spelling, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::KMS::Alias",
    service="kms",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:kms:{region}:{account}:{name}",
    id="{name}",
    label="name",
    fields={"name": text(), "key": reference("aws_kms_key")},
    links=(Link("alias_of", "key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_kms_alias",
            {"name": "name", "key": "target_key_id"},
            computed={"name": "{name}"},
            ignores=("name_prefix", "target_key_arn"),
        ),
        Spelling("cloudformation", "AWS::KMS::Alias", {"name": "AliasName", "key": "TargetKeyId"}),
        # Names that AWS keeps for its own keys (alias/aws/s3) lead nowhere until a service makes the key.
        Spelling(
            "api",
            "kms:ListAliases",
            {"name": "AliasName", "key": "TargetKeyId"},
            items="Aliases.*",
            key="AliasName",
            ignores=("AliasArn", "CreationDate", "LastUpdatedDate"),
        ),
    ),
    references=("https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html",),
)
