"""EventBridge rule: what starts it, and what it starts with which role."""

import json

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, keyed, mapping, reference, text
from nephograph.catalog.readers import each, one, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown, unknowns


def _bus(name: str) -> Reader:
    """The name of the event bus, which may be written as its ARN."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return (
            said.be(_bus_name(said.value))
            if isinstance(said.value, str) and said.value
            else said
            if says(said)
            else None
        )

    return read


def _bus_name(text_: str) -> str:
    return text_.rpartition("event-bus/")[2]


def _path(name: str, bus: str) -> Reader:
    """The rule's place in its ARN: its name, and on a bus other than the default one that of the bus before it."""

    def read(document: Cursor) -> Tree:
        rule, on = document.at(name), document.at(bus)
        if not says(rule) or not says(on):
            return rule if says(rule) else None
        where = _bus_name(on.value) if isinstance(on.value, str) else on.value
        if where == "default":
            return rule
        if isinstance(where, str) and isinstance(rule.value, str):
            return rule.be(f"{where}/{rule.value}")
        return rule.be(Unknown(Reason.AFTER_APPLY, parts=_joined(where, "/", rule.value)))

    return read


def _joined(*pieces: str | Unknown) -> tuple[str | Unknown, ...]:
    """Pieces of a text, texts that stand side by side as one."""
    found: list[str | Unknown] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def _pattern(name: str) -> Reader:
    """The event pattern as JSON text; a template writes the object itself."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if isinstance(said.value, dict):
            left_open = next(unknowns(said.value), None)
            return said.be(json.dumps(said.value) if left_open is None else left_open)
        return said if says(said) else None

    return read


def _schedule(name: str) -> Reader:
    """The schedule; a state writes the empty text where there is none."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return said if says(said) else None

    return read


def _enabled(document: Cursor) -> Tree:
    """On unless the state says DISABLED; `is_enabled` is the older name."""
    state, flag_ = document.first("state", "State"), document.at("is_enabled")
    if isinstance(state.value, str) and state.value:
        return state.be(state.value != "DISABLED")
    return state if state.unknown else flag_


def _target(target: Cursor) -> dict[str, Tree]:
    return {
        "id": target.first("target_id", "Id"),
        "target": target.first("arn", "Arn"),
        "role": target.first("role_arn", "RoleArn"),
        "dead_letters": target.first("dead_letter_config.arn", "DeadLetterConfig.Arn"),
    }


KIND = Kind(
    native="AWS::Events::Rule",
    service="events",
    cls=Class.GENERIC,
    identity=("bus", "name"),
    arn="arn:{partition}:events:{region}:{account}:rule/{path}",
    id="{path}",
    label="name",
    fields={
        "name": text(),
        "bus": text(default="default"),
        "path": text(),
        "event_bus": reference("aws_cloudwatch_event_bus"),
        "pattern": text(),
        "schedule": text(),
        "enabled": flag(default=True),
        "role": reference("aws_iam_role"),
        # The service of AWS that made the rule for itself.
        "managed_by": text(),
        "targets": keyed(
            "id",
            id=text(),
            target=reference("aws_lambda_function", "aws_sqs_queue", "aws_sns_topic", "aws_kinesis_stream"),
            role=reference("aws_iam_role"),
            dead_letters=reference("aws_sqs_queue"),
        ),
        "tags": mapping(),
    },
    links=(
        Link("listens_to", "event_bus"),
        Link("notifies", "targets.*.target"),
        Link("uses_role", "role"),
        Link("uses_role", "targets.*.role"),
        Link("dead_letters_to", "targets.*.dead_letters"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_cloudwatch_event_rule",
            {
                "name": "name",
                "bus": _bus("event_bus_name"),
                "path": _path("name", "event_bus_name"),
                "event_bus": "event_bus_name",
                "pattern": _pattern("event_pattern"),
                "schedule": _schedule("schedule_expression"),
                "enabled": _enabled,
                "role": "role_arn",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "description",
                "force_destroy",
                "name_prefix",
            ),
        ),
        Spelling(
            "terraform",
            "aws_cloudwatch_event_target",
            {"targets": one(_target)},
            part_of="rule",
            ignores=(
                "appsync_target",
                "batch_target",
                "ecs_target",
                "event_bus_name",
                "force_destroy",
                "http_target",
                "input",
                "input_path",
                "input_transformer",
                "kinesis_target",
                "redshift_target",
                "retry_policy",
                "run_command_targets",
                "sagemaker_pipeline_target",
                "sqs_target",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Events::Rule",
            {
                "name": "Name",
                "bus": _bus("EventBusName"),
                "path": _path("Name", "EventBusName"),
                "event_bus": "EventBusName",
                "pattern": _pattern("EventPattern"),
                "schedule": _schedule("ScheduleExpression"),
                "enabled": _enabled,
                "role": "RoleArn",
                "targets": each("Targets", _target),
                "tags": tags("Tags"),
            },
            computed={"Ref": "{path}", "RuleName": "{name}"},
            ignores=("Description",),
        ),
        *(
            Spelling(
                "api",
                f"events:{operation}",
                {
                    "name": "Name",
                    "bus": _bus("EventBusName"),
                    "path": _path("Name", "EventBusName"),
                    "event_bus": "EventBusName",
                    "pattern": _pattern("EventPattern"),
                    "schedule": _schedule("ScheduleExpression"),
                    "enabled": _enabled,
                    "role": "RoleArn",
                    "managed_by": "ManagedBy",
                },
                items=items,
                key="Arn",
                asks=asks,
                ignores=left,
            )
            for operation, items, asks, left in (
                ("ListRules", "Rules.*", (), ("Description", "NextToken")),
                ("DescribeRule", "", ("Name",), ("CreatedBy", "Description")),
            )
        ),
        Spelling(
            "api",
            "events:ListTargetsByRule",
            {"targets": one(_target)},
            items="Targets.*",
            key="Id",
            part_of="Rule",
            asks=("EventBusName", "Rule"),
            ignores=(
                "AppSyncParameters",
                "BatchParameters",
                "EcsParameters",
                "HttpParameters",
                "Input",
                "InputPath",
                "InputTransformer",
                "KinesisParameters",
                "NextToken",
                "RedshiftDataParameters",
                "RetryPolicy",
                "RunCommandParameters",
                "SageMakerPipelineParameters",
                "SqsParameters",
            ),
        ),
        Spelling(
            "api", "events:ListTagsForResource", {"tags": tags("Tags")}, part_of="ResourceARN", asks=("ResourceARN",)
        ),
    ),
)
