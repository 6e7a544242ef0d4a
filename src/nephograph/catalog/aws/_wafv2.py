"""Rules of a web ACL, in the words of each dialect."""

import re

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import keyed, number, text
from nephograph.catalog.readers import says
from nephograph.model.value import Reason, Unknown

RULES = keyed(
    "name",
    name=text(),
    priority=number(),
    # allow, block, count, captcha or challenge; of a rule group: none (its own actions hold) or count.
    action=text(),
    # managed_rule_group, rule_group_reference, rate_based, ip_set_reference, geo_match …
    statement=text(),
    # Of a managed group its vendor and name, of a reference its ARN.
    uses=text(),
    rate_limit=number(),
)


def _word(name: str) -> str:
    """`ManagedRuleGroupStatement` and `managed_rule_group_statement` as `managed_rule_group`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("IPSet", "IpSet")).lower()
    return snake.removesuffix("_statement")


def chosen(cursor: Cursor) -> Tree:
    """The one thing that is set of several, as a word: `{"Block": {}}` and `block {}` are `block`."""
    if cursor.unknown:
        return cursor
    inside = cursor.value[0] if isinstance(cursor.value, list) and cursor.value else cursor.value
    said = [n for n, v in inside.items() if v is not None and v != []] if isinstance(inside, dict) else []
    return cursor.be(_word(said[0])) if said else None


def _rule(rule: Cursor) -> dict[str, Tree]:
    statement = rule.first("statement", "Statement")
    kind = chosen(statement)
    group = statement.first("managed_rule_group_statement", "ManagedRuleGroupStatement")
    vendor, name = group.first("vendor_name", "VendorName"), group.first("name", "Name")
    uses: Tree = next((c for path in _USED if (c := statement.at(*path.split("."))).present), None)
    if isinstance(vendor.value, str) and isinstance(name.value, str):
        uses = name.be(f"{vendor.value}/{name.value}")
    action = chosen(rule.first("action", "Action"))
    return {
        "name": rule.first("name", "Name"),
        "priority": rule.first("priority", "Priority"),
        "action": action if action is not None else chosen(rule.first("override_action", "OverrideAction")),
        "statement": kind,
        "uses": uses,
        "rate_limit": statement.first("rate_based_statement.limit", "RateBasedStatement.Limit"),
    }


_USED = (
    "rule_group_reference_statement.arn",
    "RuleGroupReferenceStatement.Arn",
    "RuleGroupReferenceStatement.ARN",
    "ip_set_reference_statement.arn",
    "IPSetReferenceStatement.Arn",
    "IPSetReferenceStatement.ARN",
)


def rules(document: Cursor) -> Tree:
    """The rules of any dialect; Terraform may also write them as JSON in the words of the API."""
    written = document.at("rule_json")
    if says(written):
        return written if written.unknown else written.be(Unknown(Reason.NOT_EVALUATED, "rules in rule_json"))
    blocks = document.first("rule", "Rules", "WebACL.Rules")
    if blocks.unknown or not blocks.present:
        return blocks
    return [one if one.unknown else _rule(one) for one in blocks.each()]
