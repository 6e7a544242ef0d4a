"""Rule of a listener: which requests it takes, and where they go."""

from nephograph.catalog.aws._forward import ACTIONS, actions
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, items, mapping, number, reference, text, texts
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


_FIELDS: Fields = {
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
    fields={
        "listener": reference("aws_lb_listener"),
        "priority": number(),
        "conditions": items(field=text(), values=texts()),
        "actions": ACTIONS,
        "tags": mapping(),
    },
    links=(
        Link("rule_of", "listener"),
        Link("forwards_to", "actions.*.target_group"),
    ),
    spellings=(
        Spelling("terraform", "aws_lb_listener_rule", _FIELDS, ignores=("transform",)),
        Spelling("terraform", "aws_alb_listener_rule", _FIELDS, ignores=("transform",)),
    ),
)
