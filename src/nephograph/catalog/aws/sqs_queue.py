"""SQS queue. The KMS key it names encrypts it; where it names none, SQS does by itself unless that is turned off."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, mapping, number, policy, reference, text
from nephograph.catalog.readers import behind, in_json, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

# Terraform calls a queue by its address on the web; policies call it by its ARN.
_URL = "https://sqs.{region}.amazonaws.com/{account}/{name}"


def _answered(name: str, of: Reader | None = None) -> Reader:
    """An attribute of an answer. Who asks for some attributes only gets no others: what is missing is not known then.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
    """

    def read(document: Cursor) -> Tree:
        said = document.at("Attributes", name)
        if not said.present and not document.at("Attributes", "CreatedTimestamp").present:
            return said.be(Unknown(Reason.NOT_SEEN, f"{name} in the answer of sqs:GetQueueAttributes"))
        return of(document) if of else said

    return read


def _managed(document: Cursor) -> Tree:
    """What SQS does where no key is named: beside a key the answer says false, which says nothing of that."""
    return None if says(document.at("Attributes", "KmsMasterKeyId")) else document.at("Attributes", _MANAGED)


_MANAGED = "SqsManagedSseEnabled"

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
        "fifo": flag(default=False),
        "retention_seconds": number(default=345600),
        "visibility_seconds": number(default=30),
        "dead_letters": reference("aws_sqs_queue"),
        "max_receives": number(),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("dead_letters_to", "dead_letters")),
    spellings=(
        Spelling(
            "terraform",
            "aws_sqs_queue",
            {
                "name": "name",
                "managed_encryption": "sqs_managed_sse_enabled",
                "kms_key": "kms_master_key_id",
                "policy": "policy",
                "fifo": "fifo_queue",
                "retention_seconds": "message_retention_seconds",
                "visibility_seconds": "visibility_timeout_seconds",
                "dead_letters": in_json("redrive_policy", "deadLetterTargetArn"),
                "max_receives": in_json("redrive_policy", "maxReceiveCount"),
                "tags": "tags",
            },
            computed={"name": "{name}", "url": _URL},
            ignores=(
                "content_based_deduplication",
                "deduplication_scope",
                "delay_seconds",
                "fifo_throughput_limit",
                "kms_data_key_reuse_period_seconds",
                "max_message_size",
                "name_prefix",
                "receive_wait_time_seconds",
                "redrive_allow_policy",
            ),
        ),
        Spelling("terraform", "aws_sqs_queue_policy", {"policy": "policy"}, part_of="queue_url", computed={"id": _URL}),
        Spelling(
            "terraform",
            "aws_sqs_queue_redrive_policy",
            {
                "dead_letters": in_json("redrive_policy", "deadLetterTargetArn"),
                "max_receives": in_json("redrive_policy", "maxReceiveCount"),
            },
            part_of="queue_url",
            computed={"id": _URL},
        ),
        Spelling(
            "terraform",
            "aws_sqs_queue_redrive_allow_policy",
            {},
            part_of="queue_url",
            computed={"id": _URL},
            ignores=("redrive_allow_policy",),
        ),
        Spelling(
            "cloudformation",
            "AWS::SQS::Queue",
            {
                "name": "QueueName",
                "managed_encryption": _MANAGED,
                "kms_key": "KmsMasterKeyId",
                "fifo": "FifoQueue",
                "retention_seconds": "MessageRetentionPeriod",
                "visibility_seconds": "VisibilityTimeout",
                "dead_letters": in_json("RedrivePolicy", "deadLetterTargetArn"),
                "max_receives": in_json("RedrivePolicy", "maxReceiveCount"),
                "tags": tags("Tags"),
            },
            computed={"QueueName": "{name}", "QueueUrl": _URL},
            ignores=(
                "ContentBasedDeduplication",
                "DeduplicationScope",
                "DelaySeconds",
                "FifoThroughputLimit",
                "KmsDataKeyReusePeriodSeconds",
                "MaximumMessageSize",
                "ReceiveMessageWaitTimeSeconds",
                "RedriveAllowPolicy",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::SQS::QueuePolicy",
            {"policy": "PolicyDocument"},
            part_of="Queues",
            computed={"Id": "{name}"},
        ),
        Spelling("cloudformation", "AWS::SQS::QueueInlinePolicy", {"policy": "PolicyDocument"}, part_of="Queue"),
        Spelling(
            "api",
            "sqs:ListQueues",
            {"name": behind("/", "Value")},
            items="QueueUrls.*",
            key="Value",
        ),
        Spelling(
            "api",
            "sqs:GetQueueAttributes",
            {
                "name": behind(":/", "Attributes.QueueArn", "QueueUrl"),
                "managed_encryption": _answered(_MANAGED, _managed),
                "kms_key": _answered("KmsMasterKeyId"),
                "policy": _answered("Policy"),
                "fifo": "Attributes.FifoQueue",
                "retention_seconds": _answered("MessageRetentionPeriod"),
                "visibility_seconds": _answered("VisibilityTimeout"),
                "dead_letters": _answered("RedrivePolicy", in_json("Attributes.RedrivePolicy", "deadLetterTargetArn")),
                "max_receives": _answered("RedrivePolicy", in_json("Attributes.RedrivePolicy", "maxReceiveCount")),
            },
            key="QueueUrl",
            asks=("QueueUrl",),
        ),
        Spelling("api", "sqs:ListQueueTags", {"tags": "Tags"}, part_of="QueueUrl", asks=("QueueUrl",)),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    ),
)
