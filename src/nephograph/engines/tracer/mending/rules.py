"""Rules of security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nephograph.engines.tracer.edits import AddResource
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.groups import groups_of
from nephograph.engines.tracer.places import Interface, interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, ports_of, range_of, said, size
from nephograph.model.edit import RemoveItem, SetField


def group_rule(case: Case) -> list[Remedy]:
    """A rule that lets exactly this packet in or out; a group of its own for who has none."""
    facts = case.drop.facts
    interface, direction = facts.get("interface"), facts.get("direction")
    if not isinstance(interface, Interface) or interface.holder is None:
        return []
    ingress = direction == "ingress"
    symbol = case.packet.source if ingress else case.packet.target
    rule = ports_of(case)
    rule.pop("icmp_type", None)
    peer = interface_of(case.ground, facts.get("peer") or "")
    members = groups_of(case.ground, peer) if peer is not None else []
    if members and peer is not None and peer.vpc is interface.vpc:
        rule["group"] = members[0].urn
        whom = f"security group {name(members[0])}"
    else:
        rule["cidr"] = whom = range_of(case, symbol)
    verb, way = ("in", "from") if ingress else ("out", "to")
    groups = groups_of(case.ground, interface)
    if groups:
        group = groups[0]
        path = (str(direction), size(case, group, str(direction)))
        text = f"let {said(rule)} {verb} {way} {whom} in security group {name(group)}"
        return [Remedy(text, (SetField(group.urn, path, rule),))]
    other = "egress" if ingress else "ingress"
    urn = f"new:security-group-of-{interface.name}"
    config: dict[str, Any] = {"name": f"{interface.name}-access", str(direction): [rule], other: []}
    if ingress:
        config["egress"] = [
            {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": c} for c in ("0.0.0.0/0", "::/0")
        ]
    if interface.vpc is not None:
        config["vpc"] = interface.vpc.urn
    text = f"give {interface.name} a security group that lets {said(rule)} {verb} {way} {whom}"
    add = AddResource(urn, "aws_security_group", interface.holder.urn, config)
    return [Remedy(text, (add, SetField(interface.holder.urn, ("security_groups", 0), urn)))]


def _list_rule(case: Case) -> list[Remedy]:
    acl, facts = case.resource(), case.drop.facts
    direction = str(facts.get("direction"))
    if acl is None or acl.kind != "aws_network_acl" or not isinstance(acl.get(direction), list | None):
        return []
    items = [i for i in acl.get(direction) or [] if isinstance(i, dict)]
    used = {int(i["number"]) for i in items if isinstance(i.get("number"), int | float)}
    at = int(facts.get("item", -1))
    verb, way = ("in", "from") if direction == "ingress" else ("out", "to")
    rule = {**ports_of(case), "action": "allow"}
    rule["cidr"] = range_of(case, case.packet.source if direction == "ingress" else case.packet.target)
    if at >= 0:
        denies = int(items[at].get("number") or 0)
        number = next((n for n in range(denies - 1, 0, -1) if n not in used), 0)
    else:
        denies, number = 0, max((n for n in used if n < 32760), default=90) + 10
    found = []
    if number:
        text = f"allow {said(rule)} {verb} {way} {rule['cidr']} in network ACL {name(acl)} as rule {number}"
        found.append(Remedy(text, (SetField(acl.urn, (direction, len(items)), {"number": number, **rule}),)))
    else:
        text = f"remove rule {denies} of network ACL {name(acl)}, which denies it ({direction})"
        found.append(Remedy(text, (RemoveItem(acl.urn, (direction, at)),)))
    return found


def _references(case: Case) -> list[Remedy]:
    """Group references were lost on the way: speak of addresses."""
    interface = case.drop.facts.get("interface")
    return group_rule(case) if isinstance(interface, Interface) else []


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.CLASSIC_BALANCER_ACL: _list_rule,
    Reason.CLIENT_ADDRESS_KEPT: group_rule,
    Reason.GROUP_HAS_NO_RULES: group_rule,
    Reason.GROUP_REFERENCE_LOST: _references,
    Reason.GROUP_REFERENCE_NOT_SUPPORTED: _references,
    Reason.GROUP_REFERENCE_UNKNOWN_PEER: _references,
    Reason.GROUP_REFUSES: group_rule,
    Reason.NETWORK_LIST_REFUSES: _list_rule,
}
