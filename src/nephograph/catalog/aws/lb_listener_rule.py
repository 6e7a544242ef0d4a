"""Rule of a listener: which requests it takes, and where they go."""

from nephograph.catalog.aws._elb import TAGS
from nephograph.catalog.aws._forward import ACTIONS, actions
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    items,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import says, tags
from nephograph.model.resource import Class

_CONDITIONS = ("host_header", "path_pattern", "http_request_method", "source_ip")


def _conditions(document: Cursor) -> Tree:
    """Each condition with the field it looks at; headers and query strings are kept without their values."""
    found: list[Tree] = []
    for block in document.at("condition").each():
        if block.unknown:
            found.append(block)
            continue
        for name in _CONDITIONS:
            condition = block.at(name)
            if condition.present and condition.value != []:
                found.append({"field": condition.be(name), "values": condition.at("values")})
        for name in ("http_header", "query_string"):
            condition = block.at(name)
            if condition.present and condition.value != []:
                found.append({"field": condition.be(name)})
    return found or None


_AWS_CONDITIONS = {
    "host-header": "HostHeaderConfig",
    "path-pattern": "PathPatternConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "source-ip": "SourceIpConfig",
}


def _aws_conditions(document: Cursor) -> Tree:
    """The conditions of a template or an answer; headers and query strings are kept without their values."""
    found: list[Tree] = []
    for block in document.at("Conditions").each():
        field = block.at("Field")
        if block.unknown or field.unknown or not isinstance(field.value, str):
            found.append(block if block.unknown else field)
            continue
        condition: dict[str, Tree] = {"field": field.be(field.value.replace("-", "_"))}
        if field.value in _AWS_CONDITIONS:
            values = block.at(_AWS_CONDITIONS[field.value], "Values")
            condition["values"] = values if says(values) else block.at("Values")
        found.append(condition)
    return found or None


def _priority(document: Cursor) -> Tree:
    """The default rule has no number: it comes last."""
    priority = document.at("Priority")
    return None if priority.value == "default" else priority


def _listener(document: Cursor) -> Tree:
    """The listener's ARN is that of the rule without its last part."""
    arn = document.at("RuleArn")
    if not isinstance(arn.value, str):
        return document.at("ListenerArn")
    return arn.be(arn.value.replace(":listener-rule/", ":listener/").rpartition("/")[0])


_FIELDS: Fields = {
    "id": "id",
    "listener": "listener_arn",
    "priority": "priority",
    "conditions": _conditions,
    "actions": actions("action"),
    "tags": "tags",
}

KIND = Kind(
    native="AWS::ElasticLoadBalancingV2::ListenerRule",
    service="elasticloadbalancing",
    cls=Class.GENERIC,
    identity=("id",),
    known_by=("priority",),
    arn="{id}",
    id="{id}",
    fields={
        "id": text(),
        "listener": reference("aws_lb_listener"),
        "priority": number(),
        "conditions": items(field=text(), values=texts()),
        "actions": ACTIONS,
        # The rule that stands for the actions of the listener itself: only the API speaks of it.
        "default": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("rule_of", "listener"),
        Link("forwards_to", "actions.*.target_group"),
    ),
    spellings=(
        Spelling("terraform", "aws_lb_listener_rule", _FIELDS, ignores=("transform",)),
        Spelling("terraform", "aws_alb_listener_rule", _FIELDS, ignores=("transform",)),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            {
                "listener": "ListenerArn",
                "priority": "Priority",
                "conditions": _aws_conditions,
                "actions": actions("Actions"),
                "tags": tags("Tags"),
            },
            computed={"RuleArn": "id"},
            ignores=("Transforms",),
        ),
        Spelling(
            "api",
            "elbv2:DescribeRules",
            {
                "id": "RuleArn",
                "listener": _listener,
                "priority": _priority,
                "conditions": _aws_conditions,
                "actions": actions("Actions"),
                "default": "IsDefault",
            },
            items="Rules.*",
            key="RuleArn",
            asks=("ListenerArn",),
            ignores=("Transforms",),
        ),
        TAGS,
    ),
)
