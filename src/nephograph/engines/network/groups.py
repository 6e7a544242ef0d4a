"""Security groups: stateful, allow only, the rules of all groups of an interface add up.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from nephograph.engines.network.addresses import VERSIONS, WHOLE, Addresses, parse
from nephograph.engines.network.cover import Cover, Piece, either
from nephograph.engines.network.traffic import ALL, Match, read_match
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, any_of, depends, yes

Direction = Literal["ingress", "egress"]
Peer = Literal["cidr", "group", "anything"]


class Rule(NamedTuple):
    """One rule: traffic, peer and verdict (depends when a part of it is not known).

    Peer "cidr" holds addresses of one IP version; "group" holds the urns of groups (none: a group that is not in the
    data); "anything" may be any peer, and its verdict always depends.
    """

    match: Match
    peer: Peer
    version: int
    addresses: Addresses
    groups: frozenset[str]
    verdict: Verdict


class Groups(NamedTuple):
    """The groups of one interface: all their rules, and the urns of the groups themselves."""

    rules: tuple[Rule, ...]
    members: frozenset[str]
    refusal: Evidence
    """What to say when none of the rules lets anything in."""

    def cuts(self) -> Iterable[tuple[str, int]]:
        """Where the rules begin and end: (protocol, port)."""
        return cuts(rule.match for rule in self.rules)

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The addresses whose traffic the rules let through."""
        return either(
            Piece(rule.addresses if rule.peer == "cidr" else WHOLE[version], rule.verdict)
            for rule in self.rules
            if rule.match.meets(protocol, port)
            and (rule.peer == "anything" or (rule.peer == "cidr" and rule.version == version))
        )

    def member(self, protocol: str, port: int, peers: frozenset[str]) -> Verdict:
        """Do the rules let through traffic with an interface that is in all the groups `peers`?"""
        return any_of(
            rule.verdict
            for rule in self.rules
            if rule.match.meets(protocol, port)
            and (rule.peer == "anything" or (rule.peer == "group" and rule.groups & peers))
        )


def cuts(matches: Iterable[Match]) -> set[tuple[str, int]]:
    """The first port of each interval the matches cut the port axis into."""
    found = set()
    for match in matches:
        if match.protocol != "all":
            found |= {(match.protocol, match.low), (match.protocol, match.high + 1)}
    return found


def groups_of(view: View, resource: Resource, vpc: Resource | None, direction: Direction = "ingress") -> Groups:
    """The groups of an instance, interface, balancer or database, and their rules of one direction.

    Without any group the VPC's default group applies, which lets in only its own members.
    Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """
    groups = view.estate.targets(resource.urn, "has_security_group", "aws_security_group")
    lost = view.missing(resource, "security_groups")
    strangers = [r for r in view.estate.targets(resource.urn, "has_security_group") if r.kind != "aws_security_group"]
    lost += [f"{r.address} is not understood" for r in strangers]
    refusal = view.evidence(
        f"no rule of security group {', '.join(name(g) for g in groups)} lets in an address of the internet"
        if groups
        else f"{name(resource)} names no security group; the default group of a VPC lets in only its own members",
        groups[0] if groups else resource,
        *(("ingress",) if groups else ()),
    )
    rules: list[Rule] = []
    if not groups and not lost:
        groups = _default_group(view, vpc)
        if not groups:
            if direction == "egress":
                rules = [_anywhere(version) for version in VERSIONS]
            elif vpc is None:
                rules = [_anything(f"the rules of the default security group {name(resource)} gets")]
    for group in groups:
        rules += rules_of(view, group, direction)
    rules += [_anything(f"a security group of {name(resource)} ({why})") for why in lost]
    return Groups(tuple(rules), frozenset(g.urn for g in groups), refusal)


def unknown_groups(doubt: str, refusal: Evidence) -> Groups:
    """The groups of an interface that is not in the data."""
    return Groups((_anything(doubt),), frozenset(), refusal)


def _default_group(view: View, vpc: Resource | None) -> list[Resource]:
    if vpc is None:
        return []
    held = view.estate.holders(vpc.urn, "in_network", "aws_security_group")
    return [g for g in held if g.get("name") == "default"]


def _anything(what: str, match: Match = ALL, because: tuple[Evidence, ...] = ()) -> Rule:
    return Rule(match, "anything", 0, (), frozenset(), depends(what, because=because))


def _anywhere(version: int) -> Rule:
    return Rule(ALL, "cidr", version, WHOLE[version], frozenset(), yes())


def rules_of(view: View, group: Resource, direction: Direction) -> tuple[Rule, ...]:
    """The rules of one group, each as certain as what is known of it."""
    key = ("groups", group.urn, direction)
    if key not in view.memo:
        view.memo[key] = tuple(_read(view, group, direction))
    found: tuple[Rule, ...] = view.memo[key]
    return found


def _read(view: View, group: Resource, direction: Direction) -> Iterable[Rule]:
    items = group.get(direction)
    if isinstance(items, Unknown):
        yield _anything(f"the {direction} rules of {name(group)} ({items})")
        return
    for position, item in enumerate(items or ()):
        if isinstance(item, Unknown):
            proof = view.evidence(f"a rule of {name(group)} is not known", group, direction, position)
            yield _anything(f"a rule of {name(group)} ({item})", because=(proof,))
        elif isinstance(item, dict):
            lists = view.linked(group, "uses_prefix_list", direction, position, "prefix_list")
            entries = lists[0].get("entries") if len(lists) == 1 else None
            if isinstance(entries, list):
                yield from _listed(view, group, direction, position, item, lists[0], entries)
            else:
                yield _rule(view, group, direction, position, item)


def _listed(
    view: View,
    group: Resource,
    direction: Direction,
    position: int,
    item: dict[str, object],
    prefixes: Resource,
    entries: list[object],
) -> Iterable[Rule]:
    """A rule for a prefix list of the data: one for each of its entries.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
    """
    for entry in entries:
        cidr = entry.get("cidr") if isinstance(entry, dict) else entry
        plain = {**item, "prefix_list": None, "cidr": cidr}
        rule = _rule(view, group, direction, position, plain)
        yield rule._replace(verdict=present(prefixes, rule.verdict))


def _rule(view: View, group: Resource, direction: Direction, position: int, item: dict[str, object]) -> Rule:
    match, doubts = read_match(item)
    cidr = item.get("cidr")
    verb = "lets in" if direction == "ingress" else "lets out"
    way = "from" if direction == "ingress" else "to"

    def said(what: object, *field: str) -> Evidence:
        return view.evidence(
            f"security group {name(group)} {verb} {match} {way} {what}", group, direction, position, *field
        )

    def verdict(proof: Evidence, *more: str) -> Verdict:
        all_doubts = doubts + more
        certain = depends(*all_doubts, because=(proof,)) if all_doubts else yes(proof)
        return present(group, certain)

    if isinstance(cidr, str):
        parsed = parse(cidr)
        if parsed is not None:
            return Rule(match, "cidr", parsed[0], parsed[1], frozenset(), verdict(said(cidr, "cidr")))
        return Rule(match, "anything", 0, (), frozenset(), verdict(said(cidr, "cidr"), f"{cidr} is not a CIDR"))
    if isinstance(cidr, Unknown):
        return Rule(match, "anything", 0, (), frozenset(), verdict(said("addresses not known", "cidr"), str(cidr)))
    if item.get("prefix_list") is not None:
        listed = item["prefix_list"]
        why = f"the addresses of prefix list {listed}"
        return Rule(match, "anything", 0, (), frozenset(), verdict(said(f"prefix list {listed}", "prefix_list"), why))
    if item.get("group") is not None:
        edge = "lets_in" if direction == "ingress" else "lets_out"
        peers = view.linked(group, edge, direction, position, "group")
        named = ", ".join(name(p) for p in peers) or "a group that is not in the data"
        return Rule(match, "group", 0, (), frozenset(p.urn for p in peers), verdict(said(named, "group")))
    own = frozenset({group.urn}) if item.get("itself") is not None else frozenset[str]()
    more = (str(item["itself"]),) if isinstance(item.get("itself"), Unknown) else ()
    return Rule(match, "group", 0, (), own, verdict(said("its own members", "itself"), *more))
