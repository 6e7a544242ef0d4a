"""Bedrock provisioned throughput: capacity that is bought for one model."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, number, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_FIELDS = {
    "name": "provisionedModelName",
    "arn": "provisionedModelArn",
    "model": "modelArn",
    "units": "modelUnits",
    "commitment": "commitmentDuration",
}
_ASIDE = (
    "commitmentExpirationTime",
    "creationTime",
    "desiredModelArn",
    "desiredModelUnits",
    "foundationModelArn",
    "lastModifiedTime",
    "status",
)

KIND = Kind(
    native="AWS::Bedrock::ProvisionedModelThroughput",
    service="bedrock",
    cls=Class.GENERIC,
    identity=("name",),
    # (its ARN ends in an id that Bedrock makes up)
    arn="{arn}",
    id="{arn}",
    label="name",
    fields={
        "name": text(),
        "arn": text(),
        "model": reference("aws_bedrock_custom_model"),
        "units": number(),
        # Nothing said is bought by the hour.
        "commitment": text(),
        "tags": mapping(),
    },
    links=(Link("serves", "model"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrock_provisioned_model_throughput",
            {
                "name": "provisioned_model_name",
                "arn": "provisioned_model_arn",
                "model": "model_arn",
                "units": "model_units",
                "commitment": "commitment_duration",
                "tags": "tags",
            },
            computed={"provisioned_model_arn": "arn"},
        ),
        Spelling(
            "api",
            "bedrock:ListProvisionedModelThroughputs",
            _FIELDS,
            items="provisionedModelSummaries.*",
            key="provisionedModelArn",
            ignores=_ASIDE,
        ),
        Spelling(
            "api",
            "bedrock:GetProvisionedModelThroughput",
            _FIELDS,
            key="provisionedModelArn",
            ignores=tuple(sorted((*_ASIDE, "failureMessage"))),
        ),
        Spelling(
            "api",
            "bedrock:ListTagsForResource",
            {"tags": tags("tags", words=(("key",), ("value",)))},
            part_of="resourceARN",
            asks=("resourceARN",),
        ),
    ),
    unspelled={"cloudformation": "has no such type"},
    references=("https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetProvisionedModelThroughput.html",),
)
