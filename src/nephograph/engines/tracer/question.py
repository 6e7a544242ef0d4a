"""Questions for the tracer: from whom, to whom, which traffic; and the candidates a question comes down to.

A target has several addresses (private, public, IPv6, a load balancer in front of it); each is a candidate that is
traced by itself. One that gets through is a yes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from nephograph.engines.tracer import accelerators, explore, nat64
from nephograph.engines.tracer.addresses import INTERNET, known, private, public_of
from nephograph.engines.tracer.alternatives import all_of, best_of, doubt, sorted_out
from nephograph.engines.tracer.axes import Axis, Box, Course, Interval, Symbol
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.explore import Cases, Judged, judge
from nephograph.engines.tracer.fronts import fronts
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Leg, Walk
from nephograph.engines.tracer.packet import ECHO, EPHEMERAL, TOP, WHOLE, WITH_PORTS, WITH_TYPES, Packet, network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.services import doors
from nephograph.engines.tracer.walk import Walker
from nephograph.estate.graph import Estate
from nephograph.model.verdict import Answered

MOST_ADDRESSES = 6
OTHER = "other"
"""Every protocol that no rule names."""


class Question(msgspec.Struct, frozen=True, eq=False):
    """May `source` send `protocol` to `port` of `target`? None: any. Ends are what a name stood for: any one counts."""

    source: tuple[End, ...]
    target: tuple[End, ...]
    protocol: str | None = None
    ports: tuple[int, int] | None = None
    source_port: int | None = None
    source_address: str | None = None
    """Written on the packet as its source: one of the sender's addresses, or one that is not its own."""
    target_address: str | None = None
    """The one of the target's addresses that is sent to; None: the first, a public one, any balancer in front."""
    every_address: bool = False
    """Also from and to the further private addresses of an interface, `MOST_ADDRESSES` of each."""


class Candidate(NamedTuple):
    """One start, one goal, one address that is sent to (`door` says whose: the goal's own, or a balancer's)."""

    start: End
    goal: End
    version: int
    door: Interface | None
    public: bool
    own: int | None = None
    """The address it is sent from, where that is not the first one of the start."""
    at: int | None = None
    """The address of the goal it is sent to, where that is not its first one."""

    @property
    def through(self) -> str:
        """The balancer or the endpoint in front, "" when there is none."""
        other = self.door is not None and not (isinstance(self.goal, Interface) and self.door.urn == self.goal.urn)
        return self.door.name if other and self.door is not None else ""


class Allowed(NamedTuple):
    """Traffic that passes: protocol, ports, source and target ranges as intervals, and how sure that is."""

    protocol: str
    low: int
    high: int
    version: int
    sources: tuple[Interval, ...]
    verdict: Answered


class Traced(msgspec.Struct, frozen=True, eq=False):
    """What became of one candidate with one protocol."""

    candidate: Candidate
    protocol: str
    cases: Cases
    judged: Judged


class Reach(msgspec.Struct, frozen=True, eq=False):
    """The answer: verdict over both directions, the legs of the case that is shown, and everything that was traced."""

    verdict: Answered
    depends_on: tuple[str, ...]
    forward: Leg
    back: Leg
    allowed: tuple[Allowed, ...]
    assumptions: tuple[str, ...]
    traced: tuple[Traced, ...]
    shown: Walk | None
    candidate: Candidate | None


def reach(estate: Estate, question: Question) -> Reach:
    """Trace every candidate and put the answers together."""
    return put(Ground(estate), question)


def put(ground: Ground, question: Question) -> Reach:
    """The same on ground that was read already."""
    ways = list(candidates(ground, question))
    traced = [trace(ground, question, way, protocol) for way in ways for protocol in _protocols(question, way)]
    if question.protocol is None and question.ports is None:
        # What any rule on any way names is asked of all of them; "other" is then the same set everywhere.
        named = {protocol for one in traced for protocol in one.cases.protocols} - {*WITH_PORTS, *WITH_TYPES}
        traced += [trace(ground, question, way, protocol) for way in ways for protocol in sorted(named)]
    return together(tuple(traced))


def _protocols(question: Question, candidate: Candidate) -> tuple[str, ...]:
    if question.protocol is not None:
        return (_family(question.protocol, candidate.version),)
    if question.ports is not None:
        return WITH_PORTS
    return ("tcp", "udp", "icmp" if candidate.version == 4 else "icmpv6", OTHER)


def _family(protocol: str, version: int) -> str:
    if protocol in WITH_TYPES:
        return "icmp" if version == 4 else "icmpv6"
    return protocol


def trace(ground: Ground, question: Question, candidate: Candidate, protocol: str) -> Traced:
    """All cases of one candidate and one protocol."""

    def walk(course: Course) -> Walk:
        packet = build(ground, course, question, candidate, protocol)
        if packet is None:
            from nephograph.engines.tracer.silent import no_address

            return no_address(candidate, course, protocol)
        return Walker(ground, course, candidate.start, candidate.goal, packet).walk()

    cases = explore.explore(walk)
    return Traced(candidate, protocol, cases, judge(cases))


def build(ground: Ground, course: Course, question: Question, candidate: Candidate, protocol: str) -> Packet | None:
    """The first packet of a course; None when an end has no address of that version."""
    version = candidate.version
    source = _named(question, candidate) or _source(ground, course, candidate)
    target = _target(ground, course, question, candidate)
    if source is None or target is None:
        return None
    sender = candidate.start.urn if isinstance(candidate.start, Interface) and source.owner else ""
    receiver = candidate.door.urn if candidate.door is not None and not candidate.public else ""
    return Packet(
        version,
        protocol,
        source,
        target,
        _source_port(course, question, candidate, protocol),
        _target_port(course, question, protocol),
        sender,
        receiver,
    )


def _named(question: Question, candidate: Candidate) -> Symbol | None:
    """The source a question names: whose address it is, is known where it is the sender's own."""
    parsed = network(question.source_address)
    if parsed is None or parsed[0] != candidate.version:
        return None
    start = candidate.start
    own = isinstance(start, Interface) and parsed[1] in known(start, candidate.version)
    return Symbol(parsed[1], "", start.urn if own and isinstance(start, Interface) else "")


def _source(ground: Ground, course: Course, candidate: Candidate) -> Symbol | None:
    start = candidate.start
    if isinstance(start, Interface):
        if candidate.own is not None:
            return Symbol(candidate.own, "", start.urn)
        return private(course, ground, start, candidate.version)
    return course.take(Axis("source", _ranges(start, candidate.version), True, _any(start)))


def _target(ground: Ground, course: Course, question: Question, candidate: Candidate) -> Symbol | None:
    goal = candidate.goal
    if candidate.door is not None:
        said = network(question.target_address)
        if said is not None and not (candidate.public and candidate.version == 4):
            return Symbol(said[1], "", candidate.door.urn)
        if candidate.at is not None:
            return Symbol(candidate.at, "", candidate.door.urn)
        if candidate.door.resource.kind == accelerators.KIND:
            return accelerators.address(course, candidate.door, candidate.version)
        if candidate.public and candidate.version == 4:
            return public_of(course, ground, candidate.door)
        return private(course, ground, candidate.door, candidate.version)
    assert isinstance(goal, Outside)
    return course.take(Axis("target", _ranges(goal, candidate.version), True, _any(goal)))


def _ranges(end: Outside, version: int) -> tuple[Interval, ...]:
    parsed = [network(text) for text in end.ranges]
    found = tuple(sorted((p[1], p[2]) for p in parsed if p and p[0] == version))
    if end.kind in ("internet", "service"):
        if not end.ranges:
            return INTERNET[version]
        if version == 6 and found and all(nat64.inside(*one) for one in found):
            return _overlap(found, nat64.written(INTERNET[4]))
        return _overlap(found, INTERNET[version])
    return found


def _overlap(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    return tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d))


def _any(end: Outside) -> str:
    if end.kind == "internet" and not end.ranges:
        return "an address of the internet"
    one = len(end.ranges) == 1 and (parsed := network(end.ranges[0])) is not None and parsed[1] == parsed[2]
    return end.ranges[0] if one else f"an address of {end.name}"


def _target_port(course: Course, question: Question, protocol: str) -> Symbol:
    if protocol in WITH_TYPES:
        low, high = question.ports or (ECHO[protocol][0],) * 2
        return course.take(Axis("port", ((low, high),), True, "the ICMP type")) if low != high else Symbol(low)
    if protocol not in WITH_PORTS:
        return Symbol(0)
    low, high = question.ports or (0, TOP)
    return Symbol(low) if low == high else course.take(Axis("port", ((low, high),), True, "the port"))


def _source_port(course: Course, question: Question, candidate: Candidate, protocol: str) -> Symbol:
    if protocol not in WITH_PORTS:
        return Symbol(0)
    if question.source_port is not None:
        return Symbol(question.source_port)
    # Whoever connects from the internet chooses the port; the system of a machine of the estate takes one of its own.
    outside = isinstance(candidate.start, Outside)
    domain = ((1, TOP),) if outside else (EPHEMERAL,)
    return course.take(Axis("source port", domain, outside, "the port the client sends from"))


def candidates(ground: Ground, question: Question) -> Iterator[Candidate]:
    """Every way to put the question, most direct first."""
    for start in question.source:
        for goal in question.target:
            if start == goal or (
                isinstance(start, Interface) and isinstance(goal, Interface) and start.urn == goal.urn
            ):
                continue
            for version in (4, 6):
                if _speaks(question, version) and _has(start, version) and _has(goal, version):
                    ways = [way for way in _ways(ground, start, goal, version) if _meant(question, way)]
                    yield from ways
                    if question.every_address:
                        yield from (other for way in ways if not way.public for other in _at_others(question, way))


def _speaks(question: Question, version: int) -> bool:
    """Are the addresses that are asked for of that version?"""
    said = [network(text) for text in (question.source_address, question.target_address)]
    return all(one is None or one[0] == version for one in said)


def _meant(question: Question, way: Candidate) -> bool:
    """Is it the address that is asked for that is sent to?"""
    said = network(question.target_address)
    goal = way.goal
    if said is None or not isinstance(goal, Interface):
        return True
    if way.door is None or way.door.urn != goal.urn:
        return False
    return way.version == 6 or way.public != (said[1] in known(goal, 4))


def _at_others(question: Question, way: Candidate) -> Iterator[Candidate]:
    """The same way from and to further private addresses. Public addresses belong to one of them, mostly the first."""
    start, goal, version = way.start, way.goal, way.version
    if not isinstance(start, Interface) or isinstance(goal, Outside):
        return
    own = known(start, version)[:MOST_ADDRESSES] if question.source_address is None else []
    direct = way.door is not None and way.door.urn == goal.urn and question.target_address is None
    at = known(goal, version)[:MOST_ADDRESSES] if direct else []
    for source, target in itertools.product([None, *own[1:]], [None, *at[1:]]):
        if source is not None or target is not None:
            yield way._replace(own=source, at=target)


def _has(end: End, version: int) -> bool:
    if isinstance(end, Outside):
        return bool(_ranges(end, version))
    if version == 4 or end.subnet is None or known(end, 6):
        return True
    asks = end.own.get("ipv6_addresses") is not None or end.own.get("ipv6_address_count") is not None
    return asks or end.subnet.get("ipv6_cidr") is not None


def _ways(ground: Ground, start: End, goal: End, version: int) -> Iterator[Candidate]:
    inside = isinstance(start, Interface) or start.kind not in ("internet",)
    if isinstance(goal, Outside):
        yield Candidate(start, goal, version, None, False)
        open_ = goal.kind in ("internet", "service") and not goal.ranges
        if open_ and version == 6 and inside and nat64.prepared(ground):
            # What has IPv6 alone finds the IPv4 internet, and services of AWS there, under addresses of NAT64.
            yield Candidate(start, goal._replace(ranges=(nat64.PREFIX,)), version, None, False)
        for door in doors(ground, goal.name, start.vpc) if inside and goal.kind == "service" else ():
            if _has(door, version):
                yield Candidate(start, goal, version, door, False)
        return
    nodes = [goal, *fronts(ground, goal)]
    for door in accelerators.in_front(ground, nodes):
        if accelerators.speaks(door, version):
            yield Candidate(start, goal, version, door, True)
    for door in nodes:
        if not _has(door, version):
            continue
        if inside:
            yield Candidate(start, goal, version, door, False)
        same = isinstance(start, Interface) and start.vpc is door.vpc
        if not same and not (version == 6 and inside):
            yield Candidate(start, goal, version, door, True)


def together(traced: Sequence[Traced]) -> Reach:
    """The best candidate decides; what is allowed is the sum of all."""
    order = {"yes": 0, "depends": 1, "no": 2}
    ranked = sorted(traced, key=lambda t: (order[t.judged.verdict], -_far(t)))
    if not ranked:
        nothing = Leg("no")
        return Reach("no", (), nothing, nothing, (), (), (), None, None)
    groups = sorted_out(ranked, lambda t: (t.candidate.start, t.candidate.goal))
    verdicts = [all_of([best_of([t.judged.verdict for t in case]) for case in cases]) for cases in groups]
    verdict = best_of(verdicts)
    best = next(t for v, cases in zip(verdicts, groups, strict=True) if v == verdict for case in cases for t in case)
    shown = _shown(best)
    on = _depends_on(groups, verdicts) if verdict == "depends" else ()
    arrived = judge(best.cases, lambda walk: walk.passed or bool(walk.back))
    whole = best.judged.verdict == verdict
    forward = Leg(verdict if not whole or verdict == "yes" else arrived.verdict, shown.forward)
    back = Leg(verdict if arrived.verdict != "no" else "no", shown.back)
    assumed = tuple(dict.fromkeys(text for t in ranked for w in t.cases.walks if w.passed for text in w.assumptions))
    return Reach(verdict, on, forward, back, allowed(traced), assumed, tuple(traced), shown, best.candidate)


def _depends_on(groups: Sequence[list[list[Traced]]], verdicts: Sequence[Answered]) -> tuple[str, ...]:
    """What an open answer hangs on: what each way says, and the subnet of what sits in one of several."""
    found: dict[str, None] = {}
    for verdict, cases in zip(verdicts, groups, strict=True):
        if verdict != "depends":
            continue
        if len({best_of([t.judged.verdict for t in case]) for case in cases}) > 1:
            first = cases[0][0].candidate
            found.update(dict.fromkeys(d for d in (doubt(first.start), doubt(first.goal)) if d))
        ways = [t for case in cases for t in case if t.judged.verdict == "depends"]
        found.update(dict.fromkeys(word for t in ways for word in t.judged.depends_on))
    return tuple(found)


def _far(traced: Traced) -> int:
    return max((len(w.forward) + 100 * bool(w.back) + len(w.back) for w in traced.cases.walks), default=0)


def _shown(traced: Traced) -> Walk:
    """The case to show: one that passes if there is one, else the one that got furthest."""
    good = [walk for walk in traced.cases.walks if walk.passed]
    sure = [w for w in good if not any(hop.decision == "depends" for hop in (*w.forward, *w.back))]
    if sure or good:
        return (sure or good)[0]
    return max(traced.cases.walks, key=lambda w: (bool(w.back), len(w.forward) + len(w.back)))


def allowed(traced: Sequence[Traced]) -> tuple[Allowed, ...]:
    """Exactly what passes: for every protocol the ports and the sources; sure is what passes in every case."""
    found: dict[Allowed, None] = {}
    for cases in sorted_out(traced, lambda t: (t.candidate.start, t.candidate.goal)):
        each = [_allowed(case) for case in cases]
        for one in dict.fromkeys(one for case in each for one in case):
            everywhere = all(one in case for case in each)
            found[one if everywhere else one._replace(verdict="depends")] = None
    return tuple(found) if len(found) < 2 else _allowed_once(traced, tuple(found))


def _allowed_once(traced: Sequence[Traced], each: tuple[Allowed, ...]) -> tuple[Allowed, ...]:
    """Ways of several starts and goals as one set, where no end has several possible places."""
    if any(doubt(end) for t in traced for end in (t.candidate.start, t.candidate.goal)):
        return each
    return tuple(_allowed(traced))


def _allowed(traced: Sequence[Traced]) -> list[Allowed]:
    found: list[Allowed] = []
    same: dict[tuple[str, int], list[Traced]] = {}
    for one in traced:
        same.setdefault((one.protocol, one.candidate.version), []).append(one)
    for (protocol, version), group in same.items():
        for verdict in ("yes", "depends"):
            boxes = [
                (box, one) for one in group for box in (one.judged.allowed if verdict == "yes" else one.judged.perhaps)
            ]
            found += _merged(protocol, version, boxes, verdict)
    return list(dict.fromkeys(found))


def _merged(protocol: str, version: int, boxes: Sequence[tuple[Box, Traced]], verdict: Answered) -> list[Allowed]:
    """Boxes as intervals of ports over which the same sources pass."""
    full = (0, TOP)
    spans: list[tuple[Interval, tuple[Interval, ...]]] = []
    for box, one in boxes:
        axis = one.cases.axes.get("port")
        port = box.get("port") or (axis.hull if axis else _fixed(one) or full)
        source = one.cases.axes.get("source")
        spans.append(
            (port, _cut(source, box["source"]) if source and "source" in box else source.domain if source else ())
        )
    cuts = sorted({low for (low, _), _ in spans} | {high + 1 for (_, high), _ in spans})
    runs: list[tuple[int, int, tuple[Interval, ...]]] = []
    for low, after in itertools.pairwise(cuts):
        here = [sources for (a, b), sources in spans if a <= low and after - 1 <= b]
        if not here:
            continue
        merged = _union(interval for sources in here for interval in sources)
        if runs and runs[-1][1] + 1 == low and runs[-1][2] == merged:
            runs[-1] = (runs[-1][0], after - 1, merged)
        else:
            runs.append((low, after - 1, merged))
    return [Allowed(protocol, low, high, version, sources, verdict) for low, high, sources in runs]


def _cut(axis: Axis, interval: Interval) -> tuple[Interval, ...]:
    """The values of an axis in an interval, as intervals."""
    low, high = interval
    return tuple((max(a, low), min(b, high)) for a, b in axis.domain if a <= high and low <= b)


def _fixed(one: Traced) -> Interval | None:
    port = one.cases.walks[0].packet.target_port.value if one.cases.walks else None
    return (port, port) if port is not None and one.protocol in (*WITH_PORTS, *WITH_TYPES) else None


def _union(intervals: Iterator[Interval] | Sequence[Interval]) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


__all__ = ["WHOLE", "Allowed", "Candidate", "Question", "Reach", "Traced", "put", "reach"]
