"""The stateful engine of Network Firewall: rules by their action or in strict order, about the start of a connection.

Sources: https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html,
https://docs.suricata.io/en/latest/rules/intro.html (protocols and directions)
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.firewall_parts import Decided, either, groups
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import WITH_PORTS
from nephograph.engines.tracer.suricata import Sets, address_matches, port_matches, sets_of
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_SPEAKS = ("ip", "tcp", "udp", "icmp")
_HARMLESS = ("sid", "msg", "rev", "metadata", "classtype", "priority", "reference")
_DEFAULT = {"pass": "pass", "drop": "drop", "reject": "drop"}
"""What an action does with the packet; an alert does nothing with it."""


def decide(walker: Walker, firewall: Resource, policy: Resource) -> Decided:
    """In strict order the first match decides; else pass goes before drop and reject."""
    strict = _strict(walker, policy)
    matched: list[Decided] = []
    for group, lost in groups(walker, policy, "stateful_groups"):
        found = [either(walker, lost)] if group is None else _of_group(walker, firewall, policy, group, strict)
        if strict and found:
            return found[0]
        matched += found
    for action in ("pass", "drop"):
        for one in matched:
            if one.action == action:
                return one
    return _default(walker, policy, strict)


def _strict(walker: Walker, policy: Resource) -> bool:
    said = policy.get("rule_order")
    if isinstance(said, Unknown):
        return walker.course.perhaps(f"whether the rules of {name(policy)} go in strict order ({said})")
    return bool(said == "STRICT_ORDER")


def _default(walker: Walker, policy: Resource, strict: bool) -> Decided:
    """What no rule meets: only in strict order it may be dropped."""
    told, place = f"default action of {name(policy)}", walker.ground.where(policy)
    said = policy.get("stateful_default_actions")
    actions = said if isinstance(said, list) else [said]
    if strict and any("drop" in str(one) for one in actions if not isinstance(one, Unknown)):
        return Decided("drop", told, place)
    if strict and any(isinstance(one, Unknown) for one in actions):
        return either(walker, told, place)
    return Decided("pass", told, place)


def _of_group(walker: Walker, firewall: Resource, policy: Resource, group: Resource, strict: bool) -> list[Decided]:
    """What the rules of a group that meet the packet decide, alerts left out; in strict order the first one alone."""
    if group.get("rules_text") is not None or group.get("domains") not in (None, {}):
        what = f"the rules of {name(group)}, which look deeper than addresses and ports,"
        return [either(walker, what, walker.ground.where(group))]
    rules = group.get("stateful_rules")
    if isinstance(rules, Unknown):
        return [either(walker, f"the rules of {name(group)}", walker.ground.where(group))]
    sets = sets_of(walker.ground, firewall, policy, group)
    found: list[Decided] = []
    for at, rule in enumerate(rules if isinstance(rules, list) else ()):
        what, place = f"rule {at + 1} of {name(group)}", walker.ground.where(group, "stateful_rules", at)
        if isinstance(rule, Unknown):
            found.append(either(walker, what, place))
        elif isinstance(rule, dict) and _meets(walker, rule, what, sets):
            said = rule.get("action")
            if isinstance(said, Unknown):
                found.append(either(walker, what, place))
            elif str(said).lower() in _DEFAULT:
                found.append(Decided(_DEFAULT[str(said).lower()], f"{name(group)} rule {at + 1}: {said}", place))
        if strict and found:
            break
    return found


def _meets(walker: Walker, rule: dict[str, Any], what: str, sets: Sets) -> bool:
    """Does a rule meet the packet? What looks at more than the five-tuple may."""
    packet = walker.packet
    said = rule.get("protocol")
    protocol = "ip" if said is None else str(said).lower()
    known = not isinstance(said, Unknown) and protocol in _SPEAKS
    own = ("ip", packet.protocol, packet.protocol.removesuffix("v6"))
    if known and protocol not in own:
        return False
    from_, to = (packet.source, packet.source_port), (packet.target, packet.target_port)
    if not _between(walker, rule, from_, to, what, sets) and not (
        _both_ways(walker, rule, what) and _between(walker, rule, to, from_, what, sets)
    ):
        return False
    return (known and not _deep(rule)) or walker.course.perhaps(f"whether {what} ({protocol}) matches the content")


def _between(
    walker: Walker, rule: dict[str, Any], from_: tuple[Symbol, Symbol], to: tuple[Symbol, Symbol], what: str, sets: Sets
) -> bool:
    """Is a rule about what goes from one (address, port) to another?"""
    ends = (("source", from_), ("destination", to))
    if not all(address_matches(walker, rule.get(field), end[0], what, sets) for field, end in ends):
        return False
    return walker.packet.protocol not in WITH_PORTS or all(
        port_matches(walker, rule.get(f"{field}_port"), end[1], what, sets) for field, end in ends
    )


def _both_ways(walker: Walker, rule: dict[str, Any], what: str) -> bool:
    said = rule.get("direction")
    if isinstance(said, Unknown):
        return walker.course.perhaps(f"whether {what} is about both directions ({said})")
    return str(said).lower() == "any"


def _deep(rule: dict[str, Any]) -> bool:
    """Does an option look at more than addresses and ports, or is it not known what it looks at?"""
    options = rule.get("options")
    if isinstance(options, Unknown):
        return True
    return any(
        isinstance(one, Unknown) or (isinstance(one, dict) and one.get("keyword") not in _HARMLESS)
        for one in (options if isinstance(options, list) else ())
    )
