"""Network ACLs: ordered by number, the first match decides, stateless, what nothing matches is refused.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from nephograph.engines.reachability.addresses import Prefix, prefix
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.engines.reachability.traffic import Axis, Span, span_of
from nephograph.engines.reachability.valued import Reasons, Valued
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

Direction = Literal["ingress", "egress"]


class Entry(NamedTuple):
    """One rule of a list: its prefix (None: not known), its traffic, and what is not known of it."""

    prefix: Prefix | None
    span: Span | None
    allows: bool | None
    doubt: str


class Compiled(NamedTuple):
    """A list in order; `doubt` when nothing can be said of it."""

    entries: tuple[Entry, ...]
    doubt: str = ""


class Lists:
    """The lists of an estate: which one guards a subnet, and what it lets across."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._compiled: dict[tuple[str, Direction], Compiled] = {}
        self._found: dict[tuple[str, Direction, int, tuple[int, ...]], Valued] = {}
        for acl in reading.estate.of_kind("aws_network_acl"):
            for direction in ("ingress", "egress"):
                self._compiled[acl.urn, direction] = _compile(acl, direction)

    def guards(self, subnet: Resource) -> tuple[tuple[str, ...], str]:
        """(the lists that may guard a subnet, why it is open which one). "" is the list AWS makes: all passes."""
        reading = self.reading
        estate = reading.estate
        found: list[str] = []
        why = ""
        for acl in estate.holders(subnet.urn, "guards", "aws_network_acl"):
            found.append(acl.urn)
            if acl.existence is None:
                return tuple(found), why
            why = why or doubtful(acl)
        vpc = reading.vpc_of(subnet.urn)
        for acl in estate.of_kind("aws_network_acl"):
            said = acl.get("subnets")
            lost = reading.lost(acl, "subnets") + ([str(said)] if isinstance(said, Unknown) else [])
            own = reading.vpc_of(acl.urn)
            if lost and acl.get("default") is not True and (not vpc or not own or own == vpc):
                found.append(acl.urn)
                why = why or f"whether {name(acl)} guards {name(subnet)} ({lost[0]})"
        held = estate.holders(vpc, "in_network", "aws_network_acl") if vpc else []
        found.append(next((acl.urn for acl in held if acl.get("default") is True), ""))
        return tuple(dict.fromkeys(found)), why

    def prefixes(self) -> Iterator[Prefix]:
        """Every prefix a rule names."""
        return (e.prefix for c in self._compiled.values() for e in c.entries if e.prefix is not None)

    def spans(self) -> Iterator[Span]:
        """All traffic a rule names."""
        return (e.span for c in self._compiled.values() for e in c.entries if e.span is not None)

    def lets(self, axis: Axis, reasons: Reasons, acl: str, direction: Direction, version: int, peer: int) -> Valued:
        """What a list lets across for one far address. The bounds are those of all ways the unknown may turn out."""
        if not acl:
            return Valued(axis.all, axis.all)
        compiled = self._compiled[acl, direction]
        if compiled.doubt:
            return Valued(0, axis.all, reasons.bit(compiled.doubt))
        meant = tuple(
            at
            for at, e in enumerate(compiled.entries)
            if e.prefix is None or (e.prefix.version == version and e.prefix.holds(peer))
        )
        key = (acl, direction, axis.size, meant)
        if key not in self._found:
            self._found[key] = _decide(axis, reasons, [compiled.entries[at] for at in meant])
        return self._found[key]


def _decide(axis: Axis, reasons: Reasons, entries: list[Entry]) -> Valued:
    sure = open_ = why = 0
    undecided = undenied = axis.all
    for entry in entries:
        mask = axis.mask(entry.span)
        if entry.doubt:
            why |= reasons.bit(entry.doubt)
            # At worst the rule denies all it may, at best it allows all it may.
            if entry.allows is not True:
                undecided &= ~mask
            if entry.allows is not False:
                open_ |= mask & undenied
            continue
        if entry.allows:
            sure |= mask & undecided
            open_ |= mask & undenied
        undecided &= ~mask
        undenied &= ~mask
    return Valued(sure, open_, why if sure != open_ else 0)


def _compile(acl: Resource, direction: Direction) -> Compiled:
    items = acl.get(direction)
    if isinstance(items, Unknown):
        return Compiled((), f"the {direction} rules of {name(acl)} ({items})")
    numbered: list[tuple[int, Entry]] = []
    for item in items or ():
        number = item.get("number") if isinstance(item, dict) else None
        if isinstance(number, Unknown) or not isinstance(number, int | float):
            return Compiled((), f"the order of the rules of {name(acl)}")
        what = f"rule {int(number)} of {name(acl)}"
        span, lost = span_of(item, "icmp_type")
        cidr, action = item.get("cidr"), item.get("action")
        parsed = prefix(cidr)
        doubt = f"{lost} of {what}" if lost else ""
        doubt = doubt or (f"the addresses of {what} ({cidr})" if parsed is None else "")
        allows = None if isinstance(action, Unknown) else action == "allow"
        doubt = doubt or (f"the action of {what} ({action})" if allows is None else "")
        numbered.append((int(number), Entry(parsed, span, allows, doubt)))
    return Compiled(tuple(entry for _, entry in sorted(numbered, key=lambda one: one[0])))
