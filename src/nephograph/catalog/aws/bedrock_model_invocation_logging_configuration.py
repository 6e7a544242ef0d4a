"""Logging of what models are asked and answer: one setting for a whole account and region. Off until it is made.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from nephograph.catalog.language import Kind, Link, Spelling, flag, reference
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::Bedrock::ModelInvocationLoggingConfiguration",
    service="bedrock",
    cls=Class.GENERIC,
    single=True,
    id="{region}",
    fields={
        "bucket": reference("aws_s3_bucket"),
        "log_group": reference("aws_cloudwatch_log_group"),
        "role": reference("aws_iam_role"),
        "text": flag(default=True),
        "images": flag(default=True),
        "embeddings": flag(default=True),
        "video": flag(default=True),
    },
    links=(
        Link("logs_to", "bucket"),
        Link("logs_to", "log_group"),
        Link("delivers_as", "role"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_bedrock_model_invocation_logging_configuration",
            {
                "bucket": "logging_config.s3_config.bucket_name",
                "log_group": "logging_config.cloudwatch_config.log_group_name",
                "role": "logging_config.cloudwatch_config.role_arn",
                "text": "logging_config.text_data_delivery_enabled",
                "images": "logging_config.image_data_delivery_enabled",
                "embeddings": "logging_config.embedding_data_delivery_enabled",
                "video": "logging_config.video_data_delivery_enabled",
            },
        ),
        Spelling(
            "api",
            "bedrock:GetModelInvocationLoggingConfiguration",
            {
                "bucket": "loggingConfig.s3Config.bucketName",
                "log_group": "loggingConfig.cloudWatchConfig.logGroupName",
                "role": "loggingConfig.cloudWatchConfig.roleArn",
                "text": "loggingConfig.textDataDeliveryEnabled",
                "images": "loggingConfig.imageDataDeliveryEnabled",
                "embeddings": "loggingConfig.embeddingDataDeliveryEnabled",
                "video": "loggingConfig.videoDataDeliveryEnabled",
            },
        ),
    ),
    unspelled={"cloudformation": "has no such type"},
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",),
)
