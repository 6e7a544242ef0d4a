"""EventBridge event bus, with who may put events on it."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, mapping, policy, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _one_of_many(document: Cursor) -> Tree:
    """One statement of a policy that other documents may add to: alone it does not tell what the policy is."""
    return document.be(Unknown(Reason.NOT_EVALUATED, "a policy that is put together from single statements"))


KIND = Kind(
    native="AWS::Events::EventBus",
    service="events",
    cls=Class.QUEUE,
    identity=("name",),
    arn="arn:{partition}:events:{region}:{account}:event-bus/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "kms_key": reference("aws_kms_key"),
        "policy": policy(),
        # The partner that events come from.
        "event_source": text(),
        "dead_letters": reference("aws_sqs_queue"),
        "log_level": text(default="OFF"),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "kms_key"), Link("dead_letters_to", "dead_letters")),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudwatch_event_bus",
            {
                "name": "name",
                "kms_key": "kms_key_identifier",
                "event_source": "event_source_name",
                "dead_letters": "dead_letter_config.arn",
                "log_level": "log_config.level",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("description",),
        ),
        Spelling("terraform", "aws_cloudwatch_event_bus_policy", {"policy": "policy"}, part_of="event_bus_name"),
        Spelling(
            "terraform",
            "aws_cloudwatch_event_permission",
            {"policy": _one_of_many},
            part_of="event_bus_name",
            ignores=(
                "action",
                "condition",
                "principal",
                "statement_id",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Events::EventBus",
            {
                "name": "Name",
                "kms_key": "KmsKeyIdentifier",
                "policy": "Policy",
                "event_source": "EventSourceName",
                "dead_letters": "DeadLetterConfig.Arn",
                "log_level": "LogConfig.Level",
                "tags": tags("Tags"),
            },
            computed={"Name": "{name}"},
            ignores=("Description",),
        ),
        Spelling(
            "cloudformation",
            "AWS::Events::EventBusPolicy",
            {"policy": _one_of_many},
            part_of="EventBusName",
            ignores=(
                "Action",
                "Condition",
                "Principal",
                "Statement",
                "StatementId",
            ),
        ),
        Spelling(
            "api",
            "events:ListEventBuses",
            {"name": "Name", "policy": "Policy"},
            items="EventBuses.*",
            key="Name",
            ignores=(
                "Arn",
                "CreationTime",
                "Description",
                "LastModifiedTime",
                "ManagedBy",
                "NextToken",
            ),
        ),
        Spelling(
            "api",
            "events:DescribeEventBus",
            {
                "name": "Name",
                "kms_key": "KmsKeyIdentifier",
                "policy": "Policy",
                "dead_letters": "DeadLetterConfig.Arn",
                "log_level": "LogConfig.Level",
            },
            key="Name",
            asks=("Name",),
            ignores=(
                "Arn",
                "CreationTime",
                "Description",
                "LastModifiedTime",
                "ManagedBy",
            ),
        ),
        Spelling(
            "api", "events:ListTagsForResource", {"tags": tags("Tags")}, part_of="ResourceARN", asks=("ResourceARN",)
        ),
    ),
    references=("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",),
)
