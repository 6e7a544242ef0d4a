"""Puts the same questions to both engines, and tells where the answers differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import merged
from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.internet import Range
from nephograph.engines.reachability.spots import Spot
from nephograph.engines.reachability.through import nodes, through
from nephograph.engines.reachability.valued import Valued
from nephograph.engines.tracer.ends import of_word
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.places import Interface, table
from nephograph.engines.tracer.question import Candidate, Question, Traced, allowed, trace
from nephograph.estate.graph import Estate

ECHO = {"icmp": 8, "icmpv6": 128}
Ports = tuple[tuple[int, int], ...]


class Answer(NamedTuple):
    """The ports that surely and that perhaps pass ((0, 0) for a protocol without ports)."""

    sure: Ports
    perhaps: Ports


class Comparison:
    """Every question about one estate, to both.

    They have to say the same, but where the tracer leaves less open than all pairs do: where something hands on to its
    own subnet, whose list it then does not ask, and for tasks on machines whose groups nobody knows.
    """

    def __init__(self, estate: Estate, filled: bool) -> None:
        self.found = Reachability(estate)
        if filled:
            self.found.fill()
        self.ground = Ground(estate)
        self.interfaces = list(table(self.ground).by_urn.values())
        self.hosts = [i for i in self.interfaces if i.resource.kind == "aws_instance"]
        self.known = self.found.inventory.all
        self.counts: Counter[str] = Counter()
        self.internet = of_word(self.ground, "internet")[0]

    def protocols(self, version: int) -> tuple[str, ...]:
        return ("tcp", "udp", "icmp" if version == 4 else "icmpv6", "47", "other")

    def differences(self) -> Iterator[str]:
        """Where the two do not say the same."""
        yield from self._pairs()
        yield from self._balanced()
        yield from self._inward()
        yield from self._outward()

    def _pairs(self) -> Iterator[str]:
        for a in self.interfaces:
            for b in self.interfaces:
                if a.urn == b.urn or a not in self.hosts:
                    continue
                for version in (4, 6):
                    if version == 6 and not (self._has(a, 6) and self._has(b, 6)):
                        continue
                    value = self.found.between(a.urn, b.urn, version)
                    yield from self._same("pair", value, Candidate(a, b, version, b, False))

    def _balanced(self) -> Iterator[str]:
        for node in nodes(self.found):
            if self._doubled(node.vpc) or node.urn not in table(self.ground).by_urn:
                continue  # its address may be that of another balancer, which then is the one that answers
            door = table(self.ground).by_urn[node.urn]
            for a in self.hosts:
                for b in self.hosts:
                    if a.urn != b.urn:
                        value = through(self.found, a.urn, node.urn, b.urn)
                        yield from self._same("balanced", value, Candidate(a, b, 4, door, False))

    def _doubled(self, vpc: str) -> bool:
        """May the addresses of a VPC be those of another one, too? Ranges nobody knows may be anybody's."""
        own = self.found.estate.resources.get(vpc)
        others = [v.get("cidrs") for v in self.found.estate.of_kind("aws_vpc") if v is not own]
        said = own.get("cidrs") if own is not None else None
        return any(said == one or not _known(said) or not _known(one) for one in others)

    def _inward(self) -> Iterator[str]:
        for b in self.hosts:
            for version in (4, 6):
                if self._has(b, version):
                    ranges = self.found.exposed(b.urn, version)
                    yield from self._ranges("inward", ranges, Candidate(self.internet, b, version, b, True))

    def _outward(self) -> Iterator[str]:
        for a in self.hosts:
            for version in (4, 6):
                if self._has(a, version):
                    ranges = self.found.outward(a.urn, version)
                    yield from self._ranges("outward", ranges, Candidate(a, self.internet, version, None, False))

    def _has(self, interface: Interface, version: int) -> bool:
        return version in self.found.inventory.all[interface.urn].addresses

    def _mine(self, value: Valued, protocol: str) -> Answer:
        if protocol not in ("tcp", "udp"):
            bit = self.found.axis.bit(protocol, ECHO.get(protocol, 0))
            yes: Ports = ((0, 0),)
            return Answer(yes if value.sure & bit else (), yes if value.open & ~value.sure & bit else ())
        said = self.found.said(value)
        sure, perhaps = (
            merged([(s.low, s.high) for s in spans if s.protocol == protocol]) for spans in (said.sure, said.perhaps)
        )
        return Answer(sure, perhaps)

    def _theirs(self, traced: Traced) -> Answer:
        found = allowed((traced,))
        kinds = {v: [(o.low, o.high) for o in found if o.verdict == v] for v in ("yes", "depends")}
        if traced.protocol not in ("tcp", "udp"):
            kinds = {v: [(0, 0)] if any(o.verdict == v for o in found) else [] for v in kinds}
        sure = merged(kinds["yes"])
        return Answer(sure, tuple(_minus(kinds["depends"], sure)))

    def _same(self, what: str, value: Valued, candidate: Candidate) -> Iterator[str]:
        for protocol in self.protocols(candidate.version):
            traced = self._trace(candidate, protocol)
            if traced.cases.more:
                self.counts["too many cases"] += 1
                continue
            mine, theirs = self._mine(value, protocol), self._theirs(traced)
            self.counts[what] += 1
            self.counts[f"{what} sure"] += bool(mine.sure)
            self.counts[f"{what} open"] += bool(mine.perhaps)
            if mine != theirs and not (_more_open(mine, theirs) and self._in_doubt(candidate)):
                yield f"{what} {_said(candidate)} {protocol}: all pairs {mine}, tracer {theirs}"

    def _in_doubt(self, candidate: Candidate) -> bool:
        ends = [self.found.inventory.all[urn] for e in candidate[:4] if (urn := getattr(e, "urn", "")) in self.known]
        lost = any(e.owner.startswith("aws_ecs_service") and e.membership.lost for e in ends)
        stations = self.found.ways.stations
        return lost or any(stations.may_be_in(Spot(e.vpc, e.subnet, 4, 0)) for e in ends)

    def _ranges(self, what: str, ranges: Iterable[Range], candidate: Candidate) -> Iterator[str]:
        """The same by sources: every address where a range of one of the two begins is looked at."""
        ranges = list(ranges)
        for protocol in self.protocols(candidate.version):
            traced = self._trace(candidate, protocol)
            if traced.cases.more:
                self.counts["too many cases"] += 1
                continue
            side = "source" if what == "inward" else "target"
            theirs = _boxes(traced, side)
            edges = {low for r in ranges for low, _ in r.addresses} | {high for r in ranges for _, high in r.addresses}
            edges |= {x for _, box, _ in theirs for x in box}
            for at in sorted(edges):
                value = next((r.value for r in ranges if any(a <= at <= b for a, b in r.addresses)), Valued(0, 0))
                mine = self._mine(value, protocol)
                verdicts = {
                    v: [p for w, box, p in theirs if w == v and box[0] <= at <= box[1]] for v in ("yes", "depends")
                }
                if protocol not in ("tcp", "udp"):
                    verdicts = {v: [(0, 0)] if ports else [] for v, ports in verdicts.items()}
                sure = merged(verdicts["yes"])
                other = Answer(sure, tuple(_minus(verdicts["depends"], sure)))
                self.counts[what] += 1
                self.counts[f"{what} sure"] += bool(mine.sure)
                self.counts[f"{what} open"] += bool(mine.perhaps)
                if mine != other and not (_more_open(mine, other) and self._in_doubt(candidate)):
                    yield f"{what} {_said(candidate)} {protocol} at {at:x}: all pairs {mine}, tracer {other}"

    def _trace(self, candidate: Candidate, protocol: str) -> Traced:
        question = Question((candidate.start,), (candidate.goal,), protocol, None)
        return trace(self.ground, question, candidate, protocol)


def _known(ranges: Any) -> bool:
    """Are the ranges of a VPC told, every one of them?"""
    return isinstance(ranges, list) and all(isinstance(one, str) for one in ranges)


def _boxes(traced: Traced, side: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """(verdict, interval of addresses, interval of ports) of everything that passes."""
    found = []
    axes = traced.cases.axes
    for verdict, boxes in (("yes", traced.judged.allowed), ("depends", traced.judged.perhaps)):
        for box in boxes:
            low, high = box.get(side) or axes[side].hull
            port = box.get("port") or (axes["port"].hull if "port" in axes else (0, 65535))
            for a, b in axes[side].domain:
                if a <= high and low <= b:
                    found.append((verdict, (max(a, low), min(b, high)), port))
    return found


def _more_open(mine: Answer, theirs: Answer) -> bool:
    """Does one answer say nothing surely that the other does not say surely?"""
    sure = not list(_minus(mine.sure, theirs.sure))
    return sure and not list(_minus(merged([*theirs.sure, *theirs.perhaps]), merged([*mine.sure, *mine.perhaps])))


def _minus(intervals: Iterable[tuple[int, int]], holes: Ports) -> Iterator[tuple[int, int]]:
    for low, high in merged(list(intervals)):
        start = low
        for a, b in holes:
            if b < start or a > high:
                continue
            if a > start:
                yield start, a - 1
            start = b + 1
        if start <= high:
            yield start, high


def _said(candidate: Candidate) -> str:
    ends: list[Any] = [candidate.start, candidate.goal]
    one, other = (getattr(e, "urn", None) or e.name for e in ends)
    through_ = (
        f" by {candidate.door.urn}" if candidate.door is not None and candidate.door is not candidate.goal else ""
    )
    return f"{one} to {other}{through_} (IPv{candidate.version})"
