"""Security groups, compiled: for every peer a rule may name, the traffic it lets through.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from nephograph.engines.reachability.addresses import Prefix, prefix
from nephograph.engines.reachability.interfaces import DEFAULT_GROUP, Membership
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.engines.reachability.traffic import Axis, Span, span_of
from nephograph.engines.reachability.valued import NOTHING, Reasons, Valued
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

Direction = Literal["ingress", "egress"]

ANYBODY = ("any", "")
Peer = tuple[str, Any]
"""("cidr", a prefix), ("group", an urn), or anybody."""


class Rule(NamedTuple):
    """One rule: whom it lets through, which traffic (None: all), and why that is not sure ("" when it is)."""

    peer: Peer
    span: Span | None
    doubt: str = ""


def rules_of(reading: Reading, group: Resource, direction: Direction) -> list[Rule]:
    """The rules of a group, one for each peer; what is not known of a rule makes it a doubtful one for more."""
    items = group.get(direction)
    if isinstance(items, Unknown):
        return [Rule(ANYBODY, None, f"the {direction} rules of {name(group)} ({items})")]
    found: list[Rule] = []
    exists = doubtful(group)
    for at, item in enumerate(items or ()):
        what = f"rule {at + 1} of security group {name(group)}"
        if not isinstance(item, dict):
            found.append(Rule(ANYBODY, None, f"{what} ({item})"))
            continue
        span, lost = span_of(item, "from_port")
        why = f"{lost} of {what}" if lost else exists
        found += [Rule(peer, span, why or doubt) for peer, doubt in _peers(reading, group, direction, at, item, what)]
    return found


def _peers(
    reading: Reading, group: Resource, direction: Direction, at: int, item: dict[str, Any], what: str
) -> Iterator[tuple[Peer, str]]:
    cidr, listed, other, itself = (item.get(key) for key in ("cidr", "prefix_list", "group", "itself"))
    if cidr is not None:
        parsed = prefix(cidr)
        yield (("cidr", parsed), "") if parsed else (ANYBODY, f"the addresses of {what} ({cidr})")
    elif listed is not None:
        yield from entries_of(reading, group, (direction, at, "prefix_list"), listed)
    elif other is not None:
        peers = reading.linked(group, "lets_in" if direction == "ingress" else "lets_out", direction, at, "group")
        yield from ((("group", peer.urn), "") for peer in peers)
        if not peers:
            why = reading.lost(group, direction, at, "group") or [str(other)]
            yield ANYBODY, f"who is in the group of {what} ({why[0]})"
    elif isinstance(itself, Unknown):
        yield ("group", group.urn), f"{what} ({itself})"
    elif itself:
        yield ("group", group.urn), ""


def entries_of(
    reading: Reading, holder: Resource, path: tuple[str | int, ...], said: object
) -> Iterator[tuple[Peer, str]]:
    """The entries of the prefix list at a path as peers; anybody, perhaps, where they are not known."""
    found = reading.linked(holder, "uses_prefix_list", *path)
    entries = found[0].get("entries") if found else None
    if not isinstance(entries, list):
        yield ANYBODY, f"whether prefix list {said} holds the address"
        return
    for item in entries:
        cidr = item.get("cidr") if isinstance(item, dict) else item
        parsed = prefix(cidr)
        yield (("cidr", parsed), "") if parsed else (ANYBODY, f"an entry of prefix list {said} ({cidr})")


Lets = dict[Peer, Valued]
"""What a set of groups lets through, by peer."""


class Groups:
    """Every group of the estate as rules, and what sets of groups let through."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rules: dict[tuple[str, Direction], list[Rule]] = {}
        for group in reading.estate.of_kind("aws_security_group"):
            self.read(group)

    def read(self, group: Resource) -> None:
        """Take the rules of a group as it is now."""
        for direction in ("ingress", "egress"):
            self.rules[group.urn, direction] = rules_of(self.reading, group, direction)

    def all(self) -> Iterator[Rule]:
        """Every rule."""
        for rules in self.rules.values():
            yield from rules

    def prefixes(self) -> Iterator[Prefix]:
        """Every prefix a rule names."""
        return (rule.peer[1] for rule in self.all() if rule.peer[0] == "cidr")

    def lets(self, axis: Axis, reasons: Reasons, membership: Membership, direction: Direction) -> Lets:
        """What an interface with these groups lets through, by peer: the rules of all of them add up."""
        everything = Valued(axis.all, axis.all)
        if not membership.filtered:
            return {ANYBODY: everything}
        if not membership.groups and not membership.lost:
            if direction == "egress":
                return {ANYBODY: everything}
            if membership.default == "":
                return {ANYBODY: everything.doubted(reasons.bit(DEFAULT_GROUP))}
            return {}
        found: Lets = {}
        for urn in membership.groups:
            for rule in self.rules[urn, direction]:
                mask = axis.mask(rule.span)
                one = Valued(0, mask, reasons.bit(rule.doubt)) if rule.doubt else Valued(mask, mask)
                found[rule.peer] = found.get(rule.peer, NOTHING).join(one)
        for why in membership.lost:
            doubt = everything.doubted(reasons.bit(f"a security group ({why})"))
            found[ANYBODY] = found.get(ANYBODY, NOTHING).join(doubt)
        return found
