"""Policy of a Network Firewall: which rule groups are tried in which order, and what befalls the rest."""

from nephograph.catalog.aws import _firewall_rules as rules
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    items,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class


def _groups(name: str) -> Reader:
    """References to rule groups, in the words of either dialect."""

    def read(document: Cursor) -> Tree:
        listed = document.at(*name.split("."))
        if listed.unknown or not listed.present:
            return listed
        return [
            one
            if one.unknown
            else {
                "group": one.first("resource_arn", "ResourceArn"),
                "priority": one.first("priority", "Priority"),
                "override": one.first("override.action", "Override.Action"),
            }
            for one in listed.each()
        ]

    return read


def _of_aws() -> Fields:
    root = "FirewallPolicy"
    return {
        "stateless_groups": _groups(f"{root}.StatelessRuleGroupReferences"),
        "stateless_default_actions": f"{root}.StatelessDefaultActions",
        "stateless_fragment_actions": f"{root}.StatelessFragmentDefaultActions",
        "stateful_groups": _groups(f"{root}.StatefulRuleGroupReferences"),
        "stateful_default_actions": f"{root}.StatefulDefaultActions",
        "rule_order": f"{root}.StatefulEngineOptions.RuleOrder",
        "stream_exception_policy": f"{root}.StatefulEngineOptions.StreamExceptionPolicy",
        "address_sets": rules.sets(f"{root}.PolicyVariables.RuleVariables", "Definition"),
        "tls_inspection": f"{root}.TLSInspectionConfigurationArn",
    }


KIND = Kind(
    native="AWS::NetworkFirewall::FirewallPolicy",
    service="network-firewall",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:network-firewall:{region}:{account}:firewall-policy/{name}",
    id="arn:{partition}:network-firewall:{region}:{account}:firewall-policy/{name}",
    label="name",
    fields={
        "name": text(),
        # The stateless engine comes first: groups by priority, the lowest first, in each the rules by theirs.
        "stateless_groups": items(
            group=reference("aws_networkfirewall_rule_group"), priority=number(), override=text()
        ),
        # aws:pass, aws:drop or aws:forward_to_sfe, beside names of custom actions.
        "stateless_default_actions": texts(),
        "stateless_fragment_actions": texts(),
        # Priorities count where the order is strict.
        "stateful_groups": items(
            group=reference("aws_networkfirewall_rule_group"),
            priority=number(),
            # DROP_TO_ALERT: the group blocks nothing.
            override=text(),
        ),
        # Of a strict order alone: aws:drop_strict, aws:drop_established, aws:alert_strict …
        "stateful_default_actions": texts(),
        "rule_order": text(default="DEFAULT_ACTION_ORDER"),
        "stream_exception_policy": text(default="DROP"),
        "address_sets": rules.SETS,
        "tls_inspection": text(),
        "tags": mapping(),
    },
    links=(Link("uses_rule_group", "stateless_groups.*.group"), Link("uses_rule_group", "stateful_groups.*.group")),
    spellings=(
        Spelling(
            "terraform",
            "aws_networkfirewall_firewall_policy",
            {
                "name": "name",
                "stateless_groups": _groups("firewall_policy.stateless_rule_group_reference"),
                "stateless_default_actions": "firewall_policy.stateless_default_actions",
                "stateless_fragment_actions": "firewall_policy.stateless_fragment_default_actions",
                "stateful_groups": _groups("firewall_policy.stateful_rule_group_reference"),
                "stateful_default_actions": "firewall_policy.stateful_default_actions",
                "rule_order": "firewall_policy.stateful_engine_options.rule_order",
                "stream_exception_policy": "firewall_policy.stateful_engine_options.stream_exception_policy",
                "address_sets": rules.blocks("firewall_policy.policy_variables.rule_variables", "ip_set"),
                "tls_inspection": "firewall_policy.tls_inspection_configuration_arn",
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "arn"},
            ignores=("description", "encryption_configuration", "update_token"),
        ),
        Spelling(
            "cloudformation",
            "AWS::NetworkFirewall::FirewallPolicy",
            {"name": "FirewallPolicyName", **_of_aws(), "tags": tags("Tags")},
            computed={"FirewallPolicyArn": "arn", "Ref": "arn"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            "network-firewall:DescribeFirewallPolicy",
            {
                "name": "FirewallPolicyResponse.FirewallPolicyName",
                **_of_aws(),
                "tags": tags("FirewallPolicyResponse.Tags"),
            },
            key="FirewallPolicyArn",
            asks=("FirewallPolicyArn",),
            ignores=("UpdateToken",),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-policy-processing.html",
        "https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html",
    ),
)
