"""Network Firewall: a rule that passes the packet and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nephograph.engines.tracer.edits import AddResource
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import WITH_PORTS, traffic
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, range_of, size
from nephograph.model.edit import SetField


def _firewall(case: Case) -> list[Remedy]:
    policy = case.resource()
    if policy is None or policy.kind != "aws_networkfirewall_firewall_policy":
        return []
    packet = case.packet
    rule: dict[str, Any] = {
        "priority": 1,
        "actions": ["aws:pass"],
        "protocols": [packet.protocol],
        "sources": [range_of(case, packet.source)],
        "destinations": [range_of(case, packet.target)],
    }
    if packet.protocol in WITH_PORTS and not case.drop.back:
        port = packet.target_port.value
        rule["destination_ports"] = [{"from_port": port, "to_port": port}]
    back = {**rule, "sources": rule["destinations"], "destinations": rule["sources"], "priority": 2}
    if packet.protocol in WITH_PORTS and not case.drop.back:
        back.pop("destination_ports")
        back["source_ports"] = rule["destination_ports"]
    urn = f"new:rule-group-of-{name(policy)}"
    group = AddResource(
        urn, "aws_networkfirewall_rule_group", policy.urn, {"type": "stateless", "stateless_rules": [rule, back]}
    )
    at = size(case, policy, "stateless_groups")
    text = f"let {traffic(packet.protocol, packet.target_port.value)} pass in firewall policy {name(policy)}"
    return [Remedy(text, (group, SetField(policy.urn, ("stateless_groups", at), {"group": urn, "priority": 0})))]


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.FIREWALL_DENIES: _firewall,
}
