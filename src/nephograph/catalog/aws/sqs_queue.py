"""SQS queue. The KMS key it names encrypts it; where it names none, SQS does by itself unless that is turned off."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, mapping, policy, reference, text
from nephograph.model.resource import Class

# Terraform calls a queue by its address on the web; policies call it by its ARN.
_URL = "https://sqs.{region}.amazonaws.com/{account}/{name}"

KIND = Kind(
    native="AWS::SQS::Queue",
    service="sqs",
    cls=Class.QUEUE,
    identity=("name",),
    arn="arn:{partition}:sqs:{region}:{account}:{name}",
    id=_URL,
    label="name",
    fields={
        "name": text(),
        # What SQS does where no key is named.
        "managed_encryption": flag(default=True, since="queues created since October 2022"),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "policy": policy(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_sqs_queue",
            {
                "name": "name",
                "managed_encryption": "sqs_managed_sse_enabled",
                "kms_key": "kms_master_key_id",
                "policy": "policy",
                "tags": "tags",
            },
            computed={"name": "{name}", "url": _URL},
            ignores=(
                "content_based_deduplication",
                "deduplication_scope",
                "delay_seconds",
                "fifo_queue",
                "fifo_throughput_limit",
                "kms_data_key_reuse_period_seconds",
                "max_message_size",
                "message_retention_seconds",
                "name_prefix",
                "receive_wait_time_seconds",
                "redrive_allow_policy",
                "redrive_policy",
                "visibility_timeout_seconds",
            ),
        ),
        Spelling("terraform", "aws_sqs_queue_policy", {"policy": "policy"}, part_of="queue_url", computed={"id": _URL}),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    ),
)
