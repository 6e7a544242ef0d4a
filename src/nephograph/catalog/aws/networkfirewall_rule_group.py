"""Rule group of a Network Firewall: stateless rules by five-tuple, or stateful ones in one of three ways."""

from nephograph.catalog.aws import _firewall_rules as rules
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    group,
    items,
    mapping,
    number,
    reference,
    text,
    texts,
)
from nephograph.catalog.readers import first_of, tags
from nephograph.model.resource import Class


def _type(name: str) -> Reader:
    """stateless or stateful, as ARNs write it."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(*name.split("."))
        return cursor.be(cursor.value.lower()) if isinstance(cursor.value, str) else cursor

    return read


def _references(name: str, inner: str) -> Reader:
    """Variables that stand for a prefix list."""

    def read(document: Cursor) -> Tree:
        said = document.at(*name.split("."))
        if said.unknown or not said.present:
            return said
        if isinstance(said.value, list):
            return [
                one if one.unknown else {"name": one.at("key"), "prefix_list": one.at(inner, "reference_arn")}
                for one in said.each()
            ]
        return [{"name": one.be(key), "prefix_list": one.at("ReferenceArn")} for key, one in said.entries()]

    return read


def _of_aws(root: str) -> Fields:
    """What a template and an answer say in the same words, below `root`."""
    source = f"{root}.RulesSource"
    return {
        "rule_order": f"{root}.StatefulRuleOptions.RuleOrder",
        "stateless_rules": rules.stateless(f"{source}.StatelessRulesAndCustomActions.StatelessRules"),
        "stateful_rules": rules.stateful(f"{source}.StatefulRules"),
        "rules_text": f"{source}.RulesString",
        "domains.action": f"{source}.RulesSourceList.GeneratedRulesType",
        "domains.names": f"{source}.RulesSourceList.Targets",
        "domains.types": f"{source}.RulesSourceList.TargetTypes",
        "address_sets": rules.sets(f"{root}.RuleVariables.IPSets", "Definition"),
        "port_sets": rules.sets(f"{root}.RuleVariables.PortSets", "Definition"),
        "prefix_lists": _references(f"{root}.ReferenceSets.IPSetReferences", "ReferenceArn"),
    }


_SOURCE = "rule_group.rules_source"

KIND = Kind(
    native="AWS::NetworkFirewall::RuleGroup",
    service="network-firewall",
    cls=Class.GENERIC,
    identity=("type", "name"),
    arn="arn:{partition}:network-firewall:{region}:{account}:{type}-rulegroup/{name}",
    id="arn:{partition}:network-firewall:{region}:{account}:{type}-rulegroup/{name}",
    label="name",
    fields={
        "name": text(),
        "type": text(),
        "capacity": number(),
        # Whether stateful rules are tried by their action (pass, drop, reject, alert) or as they are written.
        "rule_order": text(default="DEFAULT_ACTION_ORDER"),
        "stateless_rules": rules.STATELESS,
        "stateful_rules": rules.STATEFUL,
        # Rules in Suricata's language.
        "rules_text": text(),
        "domains": group(
            # ALLOWLIST, DENYLIST, ALERTLIST or REJECTLIST.
            action=text(),
            names=texts(),
            # TLS_SNI, HTTP_HOST.
            types=texts(),
        ),
        "address_sets": rules.SETS,
        "port_sets": rules.SETS,
        "prefix_lists": items(name=text(), prefix_list=reference("aws_ec2_managed_prefix_list")),
        "tags": mapping(),
    },
    links=(Link("uses_prefix_list", "prefix_lists.*.prefix_list"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_networkfirewall_rule_group",
            {
                "name": "name",
                "type": _type("type"),
                "capacity": "capacity",
                "rule_order": "rule_group.stateful_rule_options.rule_order",
                "stateless_rules": rules.stateless(f"{_SOURCE}.stateless_rules_and_custom_actions.stateless_rule"),
                "stateful_rules": rules.stateful(f"{_SOURCE}.stateful_rule"),
                # Text that is written instead of the blocks; a state holds it in their place.
                "rules_text": lambda document: first_of(document, "rules", f"{_SOURCE}.rules_string"),
                "domains.action": f"{_SOURCE}.rules_source_list.generated_rules_type",
                "domains.names": f"{_SOURCE}.rules_source_list.targets",
                "domains.types": f"{_SOURCE}.rules_source_list.target_types",
                "address_sets": rules.blocks("rule_group.rule_variables.ip_sets", "ip_set"),
                "port_sets": rules.blocks("rule_group.rule_variables.port_sets", "port_set"),
                "prefix_lists": _references("rule_group.reference_sets.ip_set_references", "ip_set_reference"),
                "tags": "tags",
            },
            computed={"name": "{name}", "id": "arn"},
            ignores=("description", "encryption_configuration", "update_token"),
        ),
        Spelling(
            "cloudformation",
            "AWS::NetworkFirewall::RuleGroup",
            {
                "name": "RuleGroupName",
                "type": _type("Type"),
                "capacity": "Capacity",
                **_of_aws("RuleGroup"),
                "tags": tags("Tags"),
            },
            computed={"RuleGroupArn": "arn", "Ref": "arn"},
            ignores=("Description", "SummaryConfiguration"),
        ),
        Spelling(
            "api",
            "network-firewall:DescribeRuleGroup",
            {
                "name": "RuleGroupResponse.RuleGroupName",
                "type": _type("RuleGroupResponse.Type"),
                "capacity": "RuleGroupResponse.Capacity",
                **_of_aws("RuleGroup"),
                "tags": tags("RuleGroupResponse.Tags"),
            },
            key="RuleGroupArn",
            asks=("RuleGroupArn",),
            ignores=("UpdateToken",),
        ),
    ),
    references=("https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-groups.html",),
)
