"""SNS topic with its subscriptions. Without a KMS key of its own what it holds is not encrypted by one."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Spelling,
    flag,
    items,
    mapping,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import behind, each, one, tags, when_said
from nephograph.model.resource import Class


def _subscription(document: Cursor) -> dict[str, Tree]:
    """Who gets what is published: an ARN is a resource of AWS, anything else an address outside."""
    protocol, endpoint = document.first("protocol", "Protocol"), document.first("endpoint", "Endpoint")
    arn = endpoint.unknown or str(endpoint.value).startswith("arn:")
    return {"protocol": protocol, "target": endpoint if arn else None, "address": None if arn else endpoint}


_PAGES = ("NextToken",)

KIND = Kind(
    native="AWS::SNS::Topic",
    service="sns",
    cls=Class.QUEUE,
    identity=("name",),
    arn="arn:{partition}:sns:{region}:{account}:{name}",
    id="arn:{partition}:sns:{region}:{account}:{name}",
    label="name",
    fields={
        "name": text(),
        "kms_key": reference("aws_kms_key", "aws_kms_alias"),
        "policy": policy(),
        "fifo": flag(default=False),
        "tracing": text(default="PassThrough"),
        "data_protection": flag(default=False),
        "subscriptions": items(
            protocol=text(), target=reference("aws_lambda_function", "aws_sqs_queue"), address=text()
        ),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("notifies", "subscriptions.*.target")),
    spellings=(
        Spelling(
            "terraform",
            "aws_sns_topic",
            {
                "name": "name",
                "kms_key": "kms_master_key_id",
                "policy": "policy",
                "fifo": "fifo_topic",
                "tracing": "tracing_config",
                "tags": "tags",
            },
            computed={"name": "{name}", "owner": "{account}"},
            ignores=(
                "application_failure_feedback_role_arn",
                "application_success_feedback_role_arn",
                "application_success_feedback_sample_rate",
                "archive_policy",
                "beginning_archive_time",
                "content_based_deduplication",
                "delivery_policy",
                "display_name",
                "fifo_throughput_scope",
                "firehose_failure_feedback_role_arn",
                "firehose_success_feedback_role_arn",
                "firehose_success_feedback_sample_rate",
                "http_failure_feedback_role_arn",
                "http_success_feedback_role_arn",
                "http_success_feedback_sample_rate",
                "lambda_failure_feedback_role_arn",
                "lambda_success_feedback_role_arn",
                "lambda_success_feedback_sample_rate",
                "name_prefix",
                "signature_version",
                "sqs_failure_feedback_role_arn",
                "sqs_success_feedback_role_arn",
                "sqs_success_feedback_sample_rate",
            ),
        ),
        Spelling("terraform", "aws_sns_topic_policy", {"policy": "policy"}, part_of="arn", ignores=("owner",)),
        Spelling(
            "terraform",
            "aws_sns_topic_data_protection_policy",
            {"data_protection": when_said("policy", True)},
            part_of="arn",
        ),
        Spelling(
            "terraform",
            "aws_sns_topic_subscription",
            {"subscriptions": one(_subscription)},
            part_of="topic_arn",
            ignores=(
                "confirmation_timeout_in_minutes",
                "confirmation_was_authenticated",
                "delivery_policy",
                "endpoint_auto_confirms",
                "filter_policy",
                "filter_policy_scope",
                "pending_confirmation",
                "raw_message_delivery",
                "redrive_policy",
                "replay_policy",
                "subscription_role_arn",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::SNS::Topic",
            {
                "name": "TopicName",
                "kms_key": "KmsMasterKeyId",
                "fifo": "FifoTopic",
                "tracing": "TracingConfig",
                "data_protection": when_said("DataProtectionPolicy", True),
                "subscriptions": each("Subscription", _subscription),
                "tags": tags("Tags"),
            },
            computed={"TopicName": "{name}", "TopicArn": "arn"},
            ignores=(
                "ArchivePolicy",
                "ContentBasedDeduplication",
                "DeliveryStatusLogging",
                "DisplayName",
                "FifoThroughputScope",
                "MaximumMessageSize",
                "SignatureVersion",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::SNS::TopicPolicy",
            {"policy": "PolicyDocument"},
            part_of="Topics",
            computed={"Id": "{name}"},
        ),
        Spelling("cloudformation", "AWS::SNS::TopicInlinePolicy", {"policy": "PolicyDocument"}, part_of="TopicArn"),
        Spelling(
            "cloudformation",
            "AWS::SNS::Subscription",
            {"subscriptions": one(_subscription)},
            part_of="TopicArn",
            ignores=(
                "DeliveryPolicy",
                "FilterPolicy",
                "FilterPolicyScope",
                "RawMessageDelivery",
                "RedrivePolicy",
                "Region",
                "ReplayPolicy",
                "SubscriptionRoleArn",
            ),
        ),
        Spelling(
            "api", "sns:ListTopics", {"name": behind(":", "TopicArn")}, items="Topics.*", key="TopicArn", ignores=_PAGES
        ),
        Spelling(
            "api",
            "sns:GetTopicAttributes",
            {
                "name": behind(":", "Attributes.TopicArn", "TopicArn"),
                "kms_key": "Attributes.KmsMasterKeyId",
                "policy": "Attributes.Policy",
                "fifo": "Attributes.FifoTopic",
                "tracing": "Attributes.TracingConfig",
            },
            key="TopicArn",
            asks=("TopicArn",),
        ),
        Spelling(
            "api", "sns:ListTagsForResource", {"tags": tags("Tags")}, part_of="ResourceArn", asks=("ResourceArn",)
        ),
        Spelling(
            "api",
            "sns:GetDataProtectionPolicy",
            {"data_protection": when_said("DataProtectionPolicy", True)},
            part_of="ResourceArn",
            asks=("ResourceArn",),
        ),
        *(
            Spelling(
                "api",
                f"sns:{operation}",
                {"subscriptions": one(_subscription)},
                items="Subscriptions.*",
                key="SubscriptionArn",
                part_of="TopicArn",
                asks=asks,
                ignores=("NextToken", "Owner"),
            )
            for operation, asks in (("ListSubscriptions", ()), ("ListSubscriptionsByTopic", ("TopicArn",)))
        ),
    ),
    references=("https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",),
)
