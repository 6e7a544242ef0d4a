"""Kinesis data stream, with its own policy."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import tags, when_said
from nephograph.model.resource import Class


def _by_kms(name: str) -> Reader:
    """`KMS` or `NONE`."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return said.be(said.value == "KMS") if isinstance(said.value, str) and said.value else said

    return read


_SUMMARY: Fields = {
    "name": "StreamName",
    "mode": "StreamModeDetails.StreamMode",
    "encrypted": _by_kms("EncryptionType"),
    "kms_key": "KeyId",
    "retention_hours": "RetentionPeriodHours",
}
_ARN = "arn:{partition}:kinesis:{region}:{account}:stream/{name}"

KIND = Kind(
    native="AWS::Kinesis::Stream",
    service="kinesis",
    cls=Class.QUEUE,
    identity=("name",),
    arn=_ARN,
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "encrypted": flag(default=False),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "retention_hours": number(default=24),
        "mode": text(default="PROVISIONED"),
        "shards": number(),
        "policy": policy(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_kinesis_stream",
            {
                "name": "name",
                "encrypted": _by_kms("encryption_type"),
                "kms_key": "kms_key_id",
                "retention_hours": "retention_period",
                "mode": "stream_mode_details.stream_mode",
                "shards": "shard_count",
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "arn"},
            ignores=(
                "enforce_consumer_deletion",
                "max_record_size_in_kib",
                "shard_level_metrics",
            ),
        ),
        Spelling("terraform", "aws_kinesis_resource_policy", {"policy": "policy"}, part_of="resource_arn"),
        Spelling(
            "cloudformation",
            "AWS::Kinesis::Stream",
            {
                "name": "Name",
                "encrypted": when_said("StreamEncryption", True),
                "kms_key": "StreamEncryption.KeyId",
                "retention_hours": "RetentionPeriodHours",
                "mode": "StreamModeDetails.StreamMode",
                "shards": "ShardCount",
                "tags": tags("Tags"),
            },
            ignores=(
                "DesiredShardLevelMetrics",
                "MaxRecordSizeInKiB",
                "RecordDistributionStrategy",
                "WarmThroughputMiBps",
            ),
        ),
        Spelling("cloudformation", "AWS::Kinesis::ResourcePolicy", {"policy": "ResourcePolicy"}, part_of="ResourceArn"),
        Spelling(
            "api",
            "kinesis:ListStreams/StreamSummaries",
            {"name": "StreamName", "mode": "StreamModeDetails.StreamMode"},
            items="StreamSummaries.*",
            key="StreamName",
            ignores=(
                "HasMoreStreams",
                "NextToken",
                "StreamARN",
                "StreamCreationTimestamp",
                "StreamStatus",
            ),
        ),
        Spelling("api", "kinesis:ListStreams/StreamNames", {"name": "Value"}, items="StreamNames.*", key="Value"),
        # Closed shards are listed too, a page at a time: how many are open only the summary says.
        Spelling(
            "api",
            "kinesis:DescribeStream",
            _SUMMARY,
            items="StreamDescription",
            key="StreamName",
            ignores=(
                "EnhancedMonitoring",
                "HasMoreShards",
                "Shards",
                "StreamARN",
                "StreamCreationTimestamp",
                "StreamStatus",
            ),
        ),
        Spelling(
            "api",
            "kinesis:DescribeStreamSummary",
            {**_SUMMARY, "shards": "OpenShardCount"},
            items="StreamDescriptionSummary",
            key="StreamName",
            ignores=(
                "ChannelCount",
                "ConsumerCount",
                "EnhancedMonitoring",
                "MaxRecordSizeInKiB",
                "QueueCount",
                "RecordDistributionStrategy",
                "StreamARN",
                "StreamCreationTimestamp",
                "StreamId",
                "StreamStatus",
                "WarmThroughput",
            ),
        ),
        Spelling(
            "api", "kinesis:GetResourcePolicy", {"policy": "Policy"}, part_of="ResourceARN", asks=("ResourceARN",)
        ),
        Spelling(
            "api",
            "kinesis:ListTagsForStream",
            {"tags": tags("Tags")},
            part_of="StreamName",
            asks=("StreamName",),
            ignores=("HasMoreTags",),
        ),
    ),
    references=("https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html",),
)
