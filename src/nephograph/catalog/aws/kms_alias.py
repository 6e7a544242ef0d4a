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
            ignores=("name_prefix",),
        ),
    ),
)
