"""Network Firewall by the five-tuple: stateless rules first, then stateful ones; what looks deeper is left open.

Sources: https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-rules-engines.html,
https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.packet import WITH_PORTS, network
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.suricata import Sets, address_matches, port_matches, sets_of
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource
from nephograph.model.span import Span

KIND = "firewall"
_SPEAKS = ("ip", "tcp", "udp", "icmp")
_HARMLESS = ("sid", "msg", "rev", "metadata", "classtype", "priority", "reference")


def inspect(walker: Walker, firewall: Resource, endpoint: str) -> None:
    """The packet passes the firewall, or ends there."""
    key = f"firewall {firewall.urn}"
    if walker.back and key in walker.sessions and walker.sessions[key].before.sender != endpoint:
        text = (
            f"the answer comes to another endpoint of {name(firewall)} than the request; it knows nothing of it there"
        )
        walker.drop(Reason.TRANSIT_OTHER_ZONE, firewall, KIND, text, at="zone")
    policies = walker.ground.linked(firewall, "decided_by")
    if not policies:
        what = f"the policy of firewall {name(firewall)}"
        if not walker.course.perhaps(what):
            walker.drop(Reason.FIREWALL_DENIES, firewall, KIND, f"not known: {what}", unknown=what)
        walker.note(firewall, KIND, "depends", "not-described", f"not known: {what}")
        return
    policy = policies[0]
    verdict, rule, place = _stateless(walker, policy)
    if verdict == "forward":
        if walker.back and key in walker.sessions:
            verdict, rule, place = "pass", "an answer to what was let through", None
        elif walker.back:
            text = f"{name(firewall)} sees the answer to a connection whose start went another way"
            walker.drop(Reason.TRANSIT_OTHER_ZONE, firewall, KIND, text, at="asymmetric")
        else:
            verdict, rule, place = _stateful(walker, firewall, policy)
    if verdict == "drop":
        text = f"firewall {name(firewall)} drops {walker.said()}"
        walker.drop(Reason.FIREWALL_DENIES, policy, KIND, text, rule, place, policy=policy, at="rule")
    if not walker.back:
        walker.sessions[key] = Session(walker.packet._replace(sender=endpoint))
    walker.note(policy, KIND, "passes", "firewall-lets", f"firewall {name(firewall)} lets it pass", rule, place)


def _groups(walker: Walker, policy: Resource, field: str) -> list[tuple[Resource | None, str]]:
    items = policy.get(field)
    if not isinstance(items, list):
        return [] if items is None else [(None, f"the rule groups of {name(policy)}")]
    order = sorted(
        range(len(items)), key=lambda at: items[at].get("priority") or 0 if isinstance(items[at], dict) else 0
    )
    found: list[tuple[Resource | None, str]] = []
    for at in order:
        linked = [
            r
            for e in walker.ground.estate.outgoing(policy.urn)
            if e.path[:2] == (field, at) and (r := walker.ground.estate.resources.get(e.target)) is not None
        ]
        said = items[at].get("group") if isinstance(items[at], dict) else items[at]
        found.append((linked[0], "") if linked else (None, f"rule group {said} of {name(policy)}"))
    return found


def _stateless(walker: Walker, policy: Resource) -> tuple[str, str, Span | None]:
    for group, lost in _groups(walker, policy, "stateless_groups"):
        if group is None:
            if walker.course.perhaps(f"what {lost} decides"):
                continue
            return "drop", lost, None
        rules = group.get("stateless_rules")
        numbered = (
            [(r.get("priority") or 0, at, r) for at, r in enumerate(rules or ()) if isinstance(r, dict)]
            if isinstance(rules, list)
            else []
        )
        for priority, at, rule in sorted(numbered, key=lambda r: r[0]):
            if _matches(walker, rule, f"rule {priority} of {name(group)}"):
                actions = rule.get("actions")
                place = walker.ground.where(group, "stateless_rules", at)
                return _action(actions), f"{name(group)} rule {priority}: {_action(actions)}", place
    default = policy.get("stateless_default_actions")
    return (
        _action(default),
        f"default action of {name(policy)}",
        walker.ground.where(policy, "stateless_default_actions"),
    )


def _action(actions: Any) -> str:
    said = [str(a) for a in actions] if isinstance(actions, list) else []
    if "aws:drop" in said:
        return "drop"
    return "pass" if "aws:pass" in said else "forward"


def _matches(walker: Walker, rule: dict[str, Any], what: str) -> bool:
    packet = walker.packet
    protocols = rule.get("protocols")
    if isinstance(protocols, list) and protocols and packet.protocol not in protocols and "all" not in protocols:
        return False
    if rule.get("tcp_flags") and not walker.course.perhaps(f"the TCP flags of {what}"):
        return False
    if not _in(walker, rule.get("sources"), packet.source) or not _in(walker, rule.get("destinations"), packet.target):
        return False
    if packet.protocol not in WITH_PORTS:
        return True
    ports = ((rule.get("source_ports"), packet.source_port), (rule.get("destination_ports"), packet.target_port))
    return all(_port_in(walker, ranges, port) for ranges, port in ports)


def _in(walker: Walker, ranges: Any, at: Symbol) -> bool:
    if not isinstance(ranges, list) or not ranges:
        return True
    for text in ranges:
        parsed = network(text)
        if str(text).lower() == "any" or (
            parsed and parsed[0] == walker.packet.version and walker.course.within(at, parsed[1], parsed[2])
        ):
            return True
    return False


def _port_in(walker: Walker, ranges: Any, port: Symbol) -> bool:
    if not isinstance(ranges, list) or not ranges:
        return True
    return any(
        isinstance(r, dict) and walker.course.within(port, int(r.get("from_port") or 0), int(r.get("to_port") or 65535))
        for r in ranges
    )


def _stateful(walker: Walker, firewall: Resource, policy: Resource) -> tuple[str, str, Span | None]:
    """In strict order the first match decides; else pass goes before drop and reject."""
    strict = policy.get("rule_order") == "STRICT_ORDER"
    matched: list[tuple[str, str, Span | None]] = []
    for group, lost in _groups(walker, policy, "stateful_groups"):
        if group is None:
            if not walker.course.perhaps(f"what {lost} decides"):
                return "drop", lost, None
            continue
        if group.get("rules_text") is not None or group.get("domains"):
            if not walker.course.perhaps(
                f"what the rules of {name(group)} decide: they look deeper than addresses and ports"
            ):
                return "drop", f"a rule of {name(group)}", walker.ground.where(group)
            continue
        sets = sets_of(walker.ground, firewall, policy, group)
        for at, rule in enumerate(known_or(group.get("stateful_rules"), ())):
            if isinstance(rule, dict) and _meets(walker, rule, f"rule {at + 1} of {name(group)}", sets):
                action = {"reject": "drop"}.get(str(rule.get("action")), str(rule.get("action")))
                if action == "alert":
                    continue
                found = (
                    action,
                    f"{name(group)} rule {at + 1}: {rule.get('action')}",
                    walker.ground.where(group, "stateful_rules", at),
                )
                if strict:
                    return found
                matched.append(found)
    for action in ("pass", "drop"):
        for found in matched:
            if found[0] == action:
                return found
    defaults = policy.get("stateful_default_actions")
    drops = strict and isinstance(defaults, list) and any("drop" in str(d) for d in defaults)
    return "drop" if drops else "pass", f"default action of {name(policy)}", walker.ground.where(policy)


def _meets(walker: Walker, rule: dict[str, Any], what: str, sets: Sets) -> bool:
    packet = walker.packet
    protocol = str(known_or(rule.get("protocol"), "ip")).lower()
    options = rule.get("options")
    deep = [o for o in options or () if isinstance(o, dict) and o.get("keyword") not in _HARMLESS] if options else []
    known = protocol in _SPEAKS
    if protocol not in ("ip", packet.protocol) and known:
        return False
    ends = ((rule.get("source"), packet.source), (rule.get("destination"), packet.target))
    there = all(address_matches(walker, text, at, what, sets) for text, at in ends)
    if not there and str(rule.get("direction")).lower() == "any":
        there = all(
            address_matches(walker, text, at, what, sets)
            for text, at in zip((ends[0][0], ends[1][0]), (packet.target, packet.source), strict=True)
        )
    if not there:
        return False
    if packet.protocol in WITH_PORTS and not all(
        port_matches(walker, text, port, what, sets)
        for text, port in (
            (rule.get("source_port"), packet.source_port),
            (rule.get("destination_port"), packet.target_port),
        )
    ):
        return False
    return (known and not deep) or walker.course.perhaps(f"whether {what} ({protocol}) matches the content")
