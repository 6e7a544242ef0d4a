"""Parameter of Systems Manager. A `SecureString` is encrypted; values are never read, only whether one is written."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    in_code_only,
    mapping,
    reference,
    text,
)
from nephograph.catalog.readers import in_code, not_said_here, tags
from nephograph.model.resource import Class
from nephograph.model.value import Unknown


def _path(name: str) -> Reader:
    """The name as ARNs have it: with a slash before it, whether it has one or not."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if isinstance(said.value, str):
            return said if said.value.startswith("/") else said.be(f"/{said.value}")
        if isinstance(said.value, Unknown) and said.value.parts:
            first = said.value.parts[0]
            if isinstance(first, str) and not first.startswith("/"):
                return said.be(
                    Unknown(said.value.reason, said.value.detail, parts=(f"/{first}", *said.value.parts[1:]))
                )
        return said

    return read


_ANSWER: Fields = {
    "name": "Name",
    "path": _path("Name"),
    "type": "Type",
    "data_type": "DataType",
    "modified": "LastModifiedDate",
    # A live value is in no code.
    "in_code": not_said_here,
}

KIND = Kind(
    native="AWS::SSM::Parameter",
    service="ssm",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:ssm:{region}:{account}:parameter{path}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "path": text(),
        # String, StringList or SecureString.
        "type": text(),
        "tier": text(default="Standard"),
        "data_type": text(default="text"),
        # Of a SecureString. Where none is named it is AWS's own key alias/aws/ssm.
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "in_code": in_code_only(),
        "modified": text(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_ssm_parameter",
            {
                "name": "name",
                "path": _path("name"),
                "type": "type",
                "tier": "tier",
                "data_type": "data_type",
                "kms_key": "key_id",
                "in_code": in_code("value", "value_wo", "insecure_value"),
                "tags": "tags",
            },
            computed={"name": "{name}", "type": "{type}"},
            ignores=("allowed_pattern", "description", "has_value_wo", "overwrite", "value_wo_version", "version"),
        ),
        # A template cannot make a SecureString.
        Spelling(
            "cloudformation",
            "AWS::SSM::Parameter",
            {
                "name": "Name",
                "path": _path("Name"),
                "type": "Type",
                "tier": "Tier",
                "data_type": "DataType",
                "in_code": in_code("Value"),
                "tags": tags("Tags"),
            },
            computed={"Type": "{type}"},
            ignores=("AllowedPattern", "Description", "Policies"),
        ),
        Spelling(
            "api",
            "ssm:DescribeParameters",
            {**_ANSWER, "tier": "Tier", "kms_key": "KeyId"},
            items="Parameters.*",
            key="Name",
            ignores=("ARN", "AllowedPattern", "Description", "LastModifiedUser", "Policies", "Version"),
        ),
        Spelling(
            "api",
            "ssm:GetParameter",
            _ANSWER,
            items="Parameter",
            key="Name",
            ignores=("ARN", "Selector", "SourceResult", "Value", "Version"),
        ),
        Spelling(
            "api", "ssm:ListTagsForResource", {"tags": tags("TagList")}, part_of="ResourceId", asks=("ResourceId",)
        ),
    ),
    references=("https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterMetadata.html",),
)
