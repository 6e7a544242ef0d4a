"""Network ACLs: ordered by number, the first match decides, stateless, nothing matched is refused.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.network.addresses import WHOLE, Addresses, intersect, parse, subtract
from nephograph.engines.network.cover import Cover, Piece, either, everything
from nephograph.engines.network.groups import Direction, cuts
from nephograph.engines.network.traffic import TOP, WITH_PORTS, WITH_TYPES, Match, read_match
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, Verdict, depends, yes


class Entry(NamedTuple):
    """One numbered rule. `addresses` None: any of any version. `doubts` empty: it surely matches what it names."""

    number: int
    match: Match
    version: int
    addresses: Addresses | None
    actions: frozenset[str]
    doubts: tuple[str, ...]
    proof: Evidence


class _State(NamedTuple):
    """Addresses that share their past: actions that may have been taken on them, doubts met, evidence."""

    addresses: Addresses
    actions: frozenset[str]
    doubts: tuple[str, ...]
    because: tuple[Evidence, ...]


class Acl(NamedTuple):
    """The rules of one direction at the border of a subnet; `whole` replaces them when they are not known.

    `absent` is the verdict for what they refuse, when it is not known whether the ACL exists.
    """

    entries: tuple[Entry, ...]
    refusal: Evidence
    whole: Verdict | None = None
    absent: Verdict | None = None

    def cuts(self) -> Iterable[tuple[str, int]]:
        """Where the rules begin and end: (protocol, port)."""
        return cuts(entry.match for entry in self.entries)

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The addresses whose traffic may cross, walking the rules in order."""
        if self.whole is not None:
            return everything(version, self.whole)
        pending = [_State(WHOLE[version], frozenset(), (), ())]
        done: list[_State] = []
        for entry in self.entries:
            if not entry.match.meets(protocol, port) or entry.version not in (0, version):
                continue
            reach = WHOLE[version] if entry.addresses is None else entry.addresses
            later: list[_State] = []
            for state in pending:
                met, rest = intersect(state.addresses, reach), subtract(state.addresses, reach)
                if rest:
                    later.append(state._replace(addresses=rest))
                if met:
                    after = _State(
                        met,
                        state.actions | entry.actions,
                        state.doubts + entry.doubts,
                        (*state.because, entry.proof) if "allow" in entry.actions or entry.doubts else state.because,
                    )
                    (later if entry.doubts and len(entry.actions) == 1 else done).append(after)
            pending = later
        done += [state._replace(actions=state.actions | {"deny"}) for state in pending]
        pieces = [Piece(s.addresses, _verdict(s)) for s in done if "allow" in s.actions]
        if self.absent is not None:
            # Where the ACL does not exist the default one allows everything.
            pieces.append(Piece(WHOLE[version], self.absent))
        return either(pieces)


class Answers(NamedTuple):
    """The way back: does the ACL let answers out to some port of the client?

    Whoever connects chooses the client port, so one open port is enough. For ICMP and protocols without ports an
    answer of the same protocol must be let out.
    """

    acl: Acl
    refusal: Evidence

    def cuts(self) -> Iterable[tuple[str, int]]:
        """The protocols the rules name; answers do not cut the axis of the port that is asked for."""
        return {(protocol, 0) for protocol, _ in self.acl.cuts()}

    def cover(self, version: int, protocol: str, port: int) -> Cover:
        """The clients an answer can reach."""
        if protocol not in (*WITH_PORTS, *WITH_TYPES):
            return self.acl.cover(version, protocol, 0)
        starts = {1 if protocol in WITH_PORTS else 0} | {
            c for p, c in self.acl.cuts() if p == protocol and 0 < c <= TOP
        }
        return either(piece for start in sorted(starts) for piece in self.acl.cover(version, protocol, start))


def _verdict(state: _State) -> Verdict:
    if "deny" in state.actions:
        return depends(*state.doubts, because=state.because)
    return yes(*state.because)


def acls_of(view: View, subnet: Resource) -> list[tuple[Acl, Acl]]:
    """(ingress, egress) of the ACL that guards a subnet; empty when the data has none: the default ACL allows all.

    An ACL whose subnets are not known may guard this one: it then stands in the list as depends.
    """
    key = ("acls", subnet.urn)
    if key not in view.memo:
        guards = view.estate.holders(subnet.urn, "guards", "aws_network_acl") or _default_acl(view, subnet)
        found = [(_acl(view, acl, "ingress"), _acl(view, acl, "egress")) for acl in guards]
        vpc = view.network(subnet)
        if not any(acl.get("default") is not True for acl in guards):
            for acl in view.estate.of_kind("aws_network_acl"):
                why = view.missing(acl, "subnets")
                if isinstance(acl.get("subnets"), Unknown):
                    why = [str(acl.get("subnets"))]
                if why and (vpc is None or view.maybe_in(acl, vpc)):
                    doubt = depends(f"which subnets {name(acl)} guards ({why[0]})")
                    refusal = view.evidence(f"{name(acl)} may guard {name(subnet)}", acl)
                    found.append((Acl((), refusal, doubt), Acl((), refusal, doubt)))
        view.memo[key] = found
    result: list[tuple[Acl, Acl]] = view.memo[key]
    return result


def _default_acl(view: View, subnet: Resource) -> list[Resource]:
    """The default ACL of the subnet's VPC, when the data says what it holds."""
    vpc = view.network(subnet)
    held = view.estate.holders(vpc.urn, "in_network", "aws_network_acl") if vpc is not None else []
    return [acl for acl in held if acl.get("default") is True]


def _acl(view: View, acl: Resource, direction: Direction) -> Acl:
    verb = "in" if direction == "ingress" else "out"
    refusal = view.evidence(f"network ACL {name(acl)} lets nothing of the internet {verb}", acl, direction)
    items = acl.get(direction)
    if isinstance(items, Unknown):
        return Acl((), refusal, depends(f"the {direction} rules of {name(acl)} ({items})"))
    entries = []
    unordered: Verdict | None = None
    for position, item in enumerate(items or ()):
        if isinstance(item, Unknown):
            return Acl((), refusal, depends(f"the {direction} rules of {name(acl)} ({item})"))
        number = item.get("number")
        if isinstance(number, Unknown) or number is None:
            # What the rules name still cuts the axes; only what they let through is not known.
            unordered = depends(f"the order of the rules of {name(acl)} ({number})")
            number = 0
        entries.append(_entry(view, acl, direction, position, item, int(number)))
    if unordered is not None:
        return Acl(tuple(entries), refusal, unordered)
    absent = present(acl) if acl.existence is not None else None
    return Acl(tuple(sorted(entries, key=lambda e: e.number)), refusal, absent=absent)


def _entry(
    view: View, acl: Resource, direction: Direction, position: int, item: dict[str, object], number: int
) -> Entry:
    match, doubts = read_match(item)
    if match.protocol in WITH_TYPES:
        # ACL rules name ICMP types apart from ports; -1 is every type.
        kind = item.get("icmp_type")
        if isinstance(kind, int | float):
            match = Match(match.protocol, 0, TOP) if kind < 0 else Match(match.protocol, int(kind), int(kind))
        else:
            match, doubts = Match(match.protocol, 0, TOP), (*doubts, f"the ICMP type of rule {number} of {name(acl)}")
    cidr, action = item.get("cidr"), item.get("action")
    addresses: Addresses | None = None
    version = 0
    if isinstance(cidr, str) and (parsed := parse(cidr)):
        version, addresses, _ = parsed
    else:
        doubts = (*doubts, f"the addresses of rule {number} of {name(acl)} ({cidr})")
    if action in ("allow", "deny"):
        actions = frozenset({str(action)})
    else:
        actions, doubts = frozenset({"allow", "deny"}), (*doubts, f"the action of rule {number} of {name(acl)}")
    verb = "in" if direction == "ingress" else "out"
    what = f"network ACL {name(acl)} rule {number} {action}s {match} {verb} for {cidr}"
    return Entry(number, match, version, addresses, actions, doubts, view.evidence(what, acl, direction, position))
