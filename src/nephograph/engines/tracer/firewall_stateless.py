"""The stateless engine of Network Firewall: the first rule that meets a packet decides, by priority.

Sources: https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-policy-processing.html,
https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-rule-groups-5-tuple.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.firewall_parts import Decided, among, either, groups
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import WITH_PORTS, network
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


def decide(walker: Walker, policy: Resource) -> Decided:
    """What the rules, or else the default action, do with the packet."""
    for group, lost in groups(walker, policy, "stateless_groups"):
        if group is None:
            return either(walker, lost)
        rules = group.get("stateless_rules")
        numbered = _numbered(rules)
        if numbered is None:
            return either(walker, f"the rules of {name(group)}", walker.ground.where(group, "stateless_rules"))
        for priority, at in numbered:
            told = f"rule {priority:g} of {name(group)}"
            if _meets(walker, rules[at], told):
                place = walker.ground.where(group, "stateless_rules", at)
                action = _action(rules[at].get("actions"))
                if not action:
                    return either(walker, told, place)
                return Decided(action, f"{name(group)} rule {priority:g}: {action}", place)
    place = walker.ground.where(policy, "stateless_default_actions")
    told = f"default action of {name(policy)}"
    action = _action(policy.get("stateless_default_actions"))
    return Decided(action, told, place) if action else either(walker, told, place)


def _numbered(rules: Any) -> list[tuple[float, int]] | None:
    """(priority, position) of each rule in order; None where not all of it is known."""
    found: list[tuple[float, int]] = []
    for at, rule in enumerate(rules if isinstance(rules, list) else []):
        number = rule.get("priority") if isinstance(rule, dict) else None
        if isinstance(rule, Unknown) or (isinstance(number, Unknown) and len(rules) > 1):
            return None
        if isinstance(rule, dict):
            found.append((number if isinstance(number, int | float) else 0, at))
    return None if isinstance(rules, Unknown) else sorted(found)


def _action(actions: Any) -> str:
    """`pass`, `drop` or `forward`; "" where it is not known. The names of custom actions decide nothing."""
    said = actions if isinstance(actions, list) else [actions]
    for word in ("drop", "pass"):
        if f"aws:{word}" in said:
            return word
    return "" if any(isinstance(one, Unknown) for one in said) else "forward"


def _meets(walker: Walker, rule: dict[str, Any], what: str) -> bool:
    packet = walker.packet
    if not among(walker, rule.get("protocols"), lambda one: one in (packet.protocol, "all"), f"the protocol of {what}"):
        return False
    ends = (("sources", packet.source), ("destinations", packet.target))
    if not all(_address(walker, rule.get(field), at, f"an address of {what}") for field, at in ends):
        return False
    ports = (("source_ports", packet.source_port), ("destination_ports", packet.target_port))
    if packet.protocol in WITH_PORTS and not all(
        _port(walker, rule.get(field), at, f"a port of {what}") for field, at in ports
    ):
        return False
    return rule.get("tcp_flags") in (None, []) or walker.course.perhaps(f"the TCP flags of {what}")


def _address(walker: Walker, ranges: Any, at: Symbol, what: str) -> bool:
    def meets(text: Any) -> bool:
        parsed = network(text)
        if parsed is None:
            return str(text).lower() == "any"
        return parsed[0] == walker.packet.version and walker.course.within(at, parsed[1], parsed[2])

    return among(walker, ranges, meets, what)


def _port(walker: Walker, ranges: Any, at: Symbol, what: str) -> bool:
    def meets(said: Any) -> bool:
        ends = [said.get("from_port"), said.get("to_port")] if isinstance(said, dict) else []
        low, high = (
            int(end) if isinstance(end, int | float) else other
            for end, other in zip(ends or [None, None], (0, 65535), strict=True)
        )
        lost = [one for one in ends if isinstance(one, Unknown)]
        inside = walker.course.within(at, low, high)
        return inside and (not lost or walker.course.perhaps(f"whether {what} covers this ({lost[0]})"))

    return among(walker, ranges, meets, what)
