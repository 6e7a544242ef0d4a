"""Delivery channel of AWS Config: where a region's recorder writes what it saw."""

from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::Config::DeliveryChannel",
    service="config",
    cls=Class.GENERIC,
    identity=("name",),
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "bucket": reference("aws_s3_bucket"),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "topic": reference("aws_sns_topic"),
        # Of snapshots: TwentyFour_Hours …
        "frequency": text(),
    },
    links=(Link("logs_to", "bucket"), Link("encrypted_by", "kms_key"), Link("notifies", "topic")),
    spellings=(
        Spelling(
            "terraform",
            "aws_config_delivery_channel",
            {
                "name": Otherwise("name", "default"),
                "bucket": "s3_bucket_name",
                "kms_key": "s3_kms_key_arn",
                "topic": "sns_topic_arn",
                "frequency": "snapshot_delivery_properties.delivery_frequency",
            },
            computed={"name": "{name}"},
            ignores=("s3_key_prefix",),
        ),
        Spelling(
            "cloudformation",
            "AWS::Config::DeliveryChannel",
            {
                "name": "Name",
                "bucket": "S3BucketName",
                "kms_key": "S3KmsKeyArn",
                "topic": "SnsTopicARN",
                "frequency": "ConfigSnapshotDeliveryProperties.DeliveryFrequency",
            },
            ignores=("S3KeyPrefix",),
        ),
        Spelling(
            "api",
            "config:DescribeDeliveryChannels",
            {
                "name": "name",
                "bucket": "s3BucketName",
                "kms_key": "s3KmsKeyArn",
                "topic": "snsTopicARN",
                "frequency": "configSnapshotDeliveryProperties.deliveryFrequency",
            },
            items="DeliveryChannels.*",
            key="name",
            ignores=("s3KeyPrefix",),
        ),
    ),
    references=("https://docs.aws.amazon.com/config/latest/APIReference/API_DeliveryChannel.html",),
)
