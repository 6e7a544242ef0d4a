"""The answers AWS gives about Network Firewall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from tests.support.dumps import Dump

_NUMBERS = {"tcp": 6, "udp": 17, "icmp": 1}


def aws_networkfirewall_firewall(dump: Dump, firewall: Resource) -> None:
    """ListFirewalls, DescribeFirewall and the endpoints AWS makes."""
    from tests.support.dump_kinds import endpoint_id

    arn = dump.arn(firewall)
    named = {"FirewallName": dump.name(firewall), "FirewallArn": arn}
    dump.add("network-firewall", "list-firewalls", "Firewalls", named)
    sync = {}
    for at in range(len(firewall.get("subnets"))):
        subnet, endpoint = dump.linked(firewall, "subnets", at), endpoint_id(dump, firewall, at)
        sync[subnet.get("availability_zone")] = {
            "Attachment": {"SubnetId": dump.id(subnet), "EndpointId": endpoint, "Status": "READY"}
        }
        made = {
            "VpcEndpointId": endpoint,
            "VpcEndpointType": "GatewayLoadBalancer",
            "VpcId": dump.text(firewall.get("vpc")),
            "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0ffffffffffffffff",
            "State": "available",
            "SubnetIds": [dump.id(subnet)],
            "Groups": [],
            "RouteTableIds": [],
            "NetworkInterfaceIds": [],
            "RequesterManaged": True,
            "Tags": [],
        }
        dump.add("ec2", "describe-vpc-endpoints", "VpcEndpoints", made)
    said = {
        **named,
        "FirewallPolicyArn": dump.text(firewall.get("policy")),
        "VpcId": dump.text(firewall.get("vpc")),
        "SubnetMappings": [{"SubnetId": s} for s in dump.ids(firewall.get("subnets"))],
    }
    answer = {"Firewall": said, "FirewallStatus": {"Status": "READY", "SyncStates": sync}}
    dump.about("network-firewall", "describe-firewall", arn, answer)


def aws_networkfirewall_firewall_policy(dump: Dump, policy: Resource) -> None:
    """DescribeFirewallPolicy."""
    arn = dump.arn(policy)
    said: dict[str, Any] = {
        "StatelessDefaultActions": policy.get("stateless_default_actions"),
        "StatelessFragmentDefaultActions": policy.get("stateless_fragment_actions"),
    }
    for word, field in (("Stateless", "stateless_groups"), ("Stateful", "stateful_groups")):
        groups = policy.get(field) or ()
        said[f"{word}RuleGroupReferences"] = [
            {
                "ResourceArn": dump.text(item["group"]),
                **({"Priority": item["priority"]} if item.get("priority") is not None else {}),
            }
            for item in groups
        ]
    if policy.get("stateful_default_actions"):
        said["StatefulDefaultActions"] = policy.get("stateful_default_actions")
    if policy.get("rule_order"):
        said["StatefulEngineOptions"] = {"RuleOrder": policy.get("rule_order")}
    answer = {
        "FirewallPolicyResponse": {"FirewallPolicyName": dump.name(policy), "FirewallPolicyArn": arn},
        "FirewallPolicy": said,
    }
    dump.about("network-firewall", "describe-firewall-policy", arn, answer)


def aws_networkfirewall_rule_group(dump: Dump, group: Resource) -> None:
    """DescribeRuleGroup."""
    arn, kind = dump.arn(group), str(group.get("type")).upper()
    source: dict[str, Any] = {}
    if group.get("stateless_rules"):
        rules = [_stateless(rule) for rule in group.get("stateless_rules")]
        source["StatelessRulesAndCustomActions"] = {"StatelessRules": rules}
    if group.get("stateful_rules"):
        source["StatefulRules"] = [_stateful(rule) for rule in group.get("stateful_rules")]
    if group.get("rules_text"):
        source["RulesString"] = group.get("rules_text")
    said: dict[str, Any] = {"RulesSource": source}
    if group.get("rule_order"):
        said["StatefulRuleOptions"] = {"RuleOrder": group.get("rule_order")}
    sets = {s["name"]: {"Definition": s["values"]} for s in group.get("address_sets") or ()}
    ports = {s["name"]: {"Definition": s["values"]} for s in group.get("port_sets") or ()}
    if sets or ports:
        said["RuleVariables"] = {"IPSets": sets, "PortSets": ports}
    answer = {
        "RuleGroup": said,
        "RuleGroupResponse": {
            "RuleGroupArn": arn,
            "RuleGroupName": dump.name(group),
            "Type": kind,
            "Capacity": group.get("capacity"),
        },
    }
    dump.about("network-firewall", "describe-rule-group", arn, answer)


def _stateless(rule: dict[str, Any]) -> dict[str, Any]:
    match: dict[str, Any] = {
        "Protocols": [_NUMBERS.get(str(p), p) for p in rule.get("protocols") or ()],
        "Sources": [{"AddressDefinition": a} for a in rule.get("sources") or ()],
        "Destinations": [{"AddressDefinition": a} for a in rule.get("destinations") or ()],
    }
    for word, field in (("SourcePorts", "source_ports"), ("DestinationPorts", "destination_ports")):
        if rule.get(field):
            match[word] = [{"FromPort": p["from_port"], "ToPort": p["to_port"]} for p in rule[field]]
    definition = {"Actions": rule["actions"], "MatchAttributes": match}
    return {"Priority": rule["priority"], "RuleDefinition": definition}


def _stateful(rule: dict[str, Any]) -> dict[str, Any]:
    header = {
        "Protocol": str(rule["protocol"]).upper(),
        "Source": rule["source"],
        "SourcePort": rule["source_port"],
        "Direction": str(rule["direction"]).upper(),
        "Destination": rule["destination"],
        "DestinationPort": rule["destination_port"],
    }
    options = [{"Keyword": o["keyword"], "Settings": o.get("settings") or []} for o in rule.get("options") or ()]
    return {"Action": str(rule["action"]).upper(), "Header": header, "RuleOptions": options}
