"""Rules that do nothing: rules of groups that others cover, entries of lists no packet comes to, groups of nothing.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.library.routing.fault import Fault
from nephograph.library.routing.ranges import TOP, Box, Interval, left_of, parse, ports_of, protocol_of
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, depends, yes

EPHEMERAL: Interval = (1024, TOP)
"""Ports clients send from: those of Windows, Linux, load balancers and NAT gateways together."""
WAYS = ("ingress", "egress")


class Entry(NamedTuple):
    """An entry of a list whose every part is known."""

    number: int
    at: int
    allows: bool
    box: Box


def covered_rules(group: Resource) -> Iterator[Fault]:
    """Rules of a group that another rule of the same direction makes needless."""
    for way in WAYS:
        rules = _rules(group, way)
        for at, (position, peer, box) in enumerate(rules):
            for other_at, (other, other_peer, other_box) in enumerate(rules):
                if at == other_at or peer != other_peer or not _wider(other_box, box, other_at < at):
                    continue
                said, wider = _said(group, way, position), _said(group, way, other)
                proofs = [
                    Evidence.at(f"{way} rule {text}", group, (way, place))
                    for text, place in ((said, position), (wider, other))
                ]
                message = f"the {way} rule of {group.label} for {said} does nothing"
                # Rules of a group have no order: what a rule says tells it from others, and how many say the same.
                same = sum(_said(group, way, earlier) == said for earlier, _, _ in rules[:at])
                yield Fault("unused", group, (way, position), message, yes(*proofs), f"{said} {same or ''}".rstrip())
                break


def _rules(group: Resource, way: str) -> list[tuple[int, str, Box]]:
    """(position, peer that is no range, box) of every rule that is known in full."""
    items = group.get(way)
    found = []
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict) or any(is_unknown(value) for value in item.values()):
            continue
        box = _box(item, "from_port", item.get("cidr") or "0.0.0.0/0")
        named = item.get("group") or item.get("prefix_list")
        peer = "" if item.get("cidr") else "itself" if item.get("itself") else str(named)
        if box is not None:
            found.append((at, peer, box))
    return found


def _box(item: dict[str, Any], icmp: str, cidr: object) -> Box | None:
    protocol, found = protocol_of(item.get("protocol")), parse(cidr)
    if protocol is None or found is None:
        return None
    low = item.get(icmp) if protocol.startswith("icmp") else item.get("from_port")
    ports = ports_of(protocol, low, item.get("to_port"))
    return Box(protocol, ports, found) if ports is not None else None


def _wider(one: Box, other: Box, earlier: bool) -> bool:
    """Does `one` hold all of `other`? Of two equal ones the later is the needless one."""
    holds = one.covers_protocol(other) and one.range.holds(other.range)
    holds = holds and one.ports[0] <= other.ports[0] and other.ports[1] <= one.ports[1]
    return holds and (one != other or earlier)


def _said(group: Resource, way: str, at: int) -> str:
    item = group.get(way, at)
    peer = item.get("cidr") or ("its own members" if item.get("itself") else item.get("group") or "a prefix list")
    return f"{_traffic(item)} {'from' if way == 'ingress' else 'to'} {peer}"


def _traffic(item: dict[str, Any]) -> str:
    protocol = protocol_of(item.get("protocol")) or "?"
    ports = ports_of(protocol, item.get("from_port"), item.get("to_port"))
    if protocol == "all" or ports in (None, (0, TOP)):
        return "all traffic" if protocol == "all" else f"all {protocol}"
    return f"{protocol}/{ports[0]}" if ports[0] == ports[1] else f"{protocol}/{ports[0]}-{ports[1]}"


def entries_of(acl: Resource, way: str) -> list[Entry] | None:
    """The entries in their order; None when one is not known, so that nothing can be said of the others."""
    items = acl.get(way)
    if items is None:
        return []
    if not isinstance(items, list):
        return None
    found = []
    for at, item in enumerate(items):
        if not isinstance(item, dict) or any(is_unknown(value) for value in item.values()):
            return None
        box, number = _box(item, "icmp_type", item.get("cidr")), item.get("number")
        if box is None or not isinstance(number, int | float):
            return None
        found.append(Entry(int(number), at, item.get("action") == "allow", box))
    return sorted(found)


def shadowed_entries(acl: Resource) -> Iterator[Fault]:
    """Entries all of whose traffic earlier entries decide: they can never match."""
    for way in WAYS:
        entries = entries_of(acl, way) or []
        for at, entry in enumerate(entries):
            earlier = [one for one in entries[:at] if one.box.covers_protocol(entry.box)]
            if left_of(entry.box, (one.box for one in earlier)):
                continue
            first = [one for one in earlier if one.box.range.meets(entry.box.range)]
            proofs = [
                Evidence.at(f"rule {one.number} {_verb(one)} {_line(one)}", acl, (way, one.at))
                for one in (*first, entry)
            ]
            numbers = ", ".join(str(one.number) for one in first)
            message = f"{way} rule {entry.number} of {acl.label} can never match: {numbers} decides before it"
            yield Fault("shadowed", acl, (way, entry.at), message, yes(*proofs), f"{way} {entry.number}")


def _verb(entry: Entry) -> str:
    return "allows" if entry.allows else "denies"


def _line(entry: Entry) -> str:
    box = entry.box
    low, high = box.ports
    ports = "" if box.ports == (0, TOP) else f"/{low}" if low == high else f"/{low}-{high}"
    return f"{box.protocol}{ports} {box.range}"


def blocked_answers(acl: Resource) -> Iterator[Fault]:
    """Entries that let connections through whose answers the list lets back on no port a client has."""
    for way, back in (WAYS, WAYS[::-1]):
        there, home = entries_of(acl, way), entries_of(acl, back)
        if there is None or home is None:
            continue
        for at, entry in enumerate(there):
            if not entry.allows or entry.box.protocol not in ("tcp", "udp", "all") or _only_answers(entry):
                continue
            if not left_of(entry.box, (one.box for one in there[:at])) or _answered(entry, home):
                continue
            proof = Evidence.at(f"{way} rule {entry.number} allows {_line(entry)}", acl, (way, entry.at))
            none = Evidence.at(
                f"no {back} rule allows a port of {EPHEMERAL[0]}-{TOP} for {entry.box.range}", acl, (back,)
            )
            message = f"{acl.label} lets {entry.box.range} {'in' if way == 'ingress' else 'out'} and no answer back"
            yield Fault("one-way", acl, (way, entry.at), message, yes(proof, none), f"{way} {entry.number}")


def _only_answers(entry: Entry) -> bool:
    """A rule for the ports of clients lets answers through, and asks for none."""
    return (
        entry.box.protocol != "all" and entry.box.ports[0] >= EPHEMERAL[0] and entry.box.ports[1] > EPHEMERAL[0] + 8192
    )


def _answered(entry: Entry, home: list[Entry]) -> bool:
    """Is some answer of the addresses let back?"""
    wanted = "tcp" if entry.box.protocol == "all" else entry.box.protocol
    left = [Box(wanted, EPHEMERAL, entry.box.range)]
    for one in home:
        if not one.box.covers_protocol(left[0] if left else entry.box):
            continue
        if one.allows and any(_meet(one.box, box) for box in left):
            return True
        left = [
            Box(wanted, ports, entry.box.range._replace(low=span[0], high=span[1]))
            for box in left
            for ports, span in left_of(box, [one.box])
        ]
        if not left:
            return False
    return False


def _meet(one: Box, other: Box) -> bool:
    ports = max(one.ports[0], other.ports[0]) <= min(one.ports[1], other.ports[1])
    return ports and one.range.meets(other.range) is not None


def unattached_groups(group: Resource, facts: Facts) -> Iterator[Fault]:
    """A group no interface is in and no rule names."""
    if group.get("name") == "default" or group.get("default") is True:
        return
    if facts.holders(group, "has_security_group") or any(
        facts.holders(group, edge) for edge in ("lets_in", "lets_out")
    ):
        return
    proof = Evidence.at(f"nothing here is in {group.label}, and no rule names it", group, ())
    # What is launched from elsewhere may still use it, where code tells only a part of the account.
    verdict = yes(proof)
    if group.existence is not None:
        verdict = depends(f"whether {group.label} exists: {group.existence}")
    yield Fault("unattached", group, (), f"security group {group.label} is attached to nothing", verdict)
