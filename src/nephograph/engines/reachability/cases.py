"""Ways out and back as sets of traffic: what lists on both legs let through, and what a group rule sees of the source.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html,
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-connection-tracking.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.reachability.listeners import Listens
from nephograph.engines.reachability.nat64 import FIRST, MESSAGES, as_six
from nephograph.engines.reachability.spots import OUTSIDE, Crossing, Spot, Way
from nephograph.engines.reachability.tables import NOWHERE, UNKNOWN, Target
from nephograph.engines.reachability.traffic import PORTS, TOP, TYPES, Axis, Span
from nephograph.engines.reachability.valued import NOTHING, Reasons, Valued
from nephograph.engines.reachability.ways import Ways

CLIENT_PORT = "the port the client sends from"
NAT_PORT = "the port a NAT gateway sends from"


class Case(NamedTuple):
    """One case of a connection: what lists let through; whether groups of the target know those of the source, and the
    other way round; the spot that stands as source at the target (None: the source itself); whose public address
    stands as source on the internet ("own", an interface, "" for none); why it is open which of several cases holds."""

    lets: Valued
    sender: bool
    receiver: bool
    source: Spot | None
    public: str = ""
    why: int = 0


class Cases:
    """Connections between spots."""

    def __init__(self, ways: Ways, axis: Axis, reasons: Reasons) -> None:
        self.ways = ways
        self.axis = axis
        self.reasons = reasons
        self._guards: dict[str, tuple[tuple[str, ...], str]] = {}

    def between(self, source: Spot, target: Spot, free: bool = False) -> tuple[Case, ...]:
        """Every case of a connection; none when no packet can arrive, or no answer get back.

        `free`: who connects chooses the port it sends from (whoever is on the internet).
        """
        found: list[Case] = []
        ways = self.ways.between(source, target)
        ends = False
        for way in ways:
            cases = self._cases(way, source, target, free)
            found += cases
            ends = ends or not cases
        if found and ends:
            # One of the cases is a no.
            found = [c._replace(lets=c.lets.doubted(self._why(ways))) for c in found]
        if len(found) > 1:
            why = self._why(ways)
            found = [c._replace(why=why) for c in found]
        return tuple(dict.fromkeys(found))

    def accepted(self, listens: Iterable[Listens] | None) -> Valued:
        """What somebody who listens for this takes."""
        if listens is None:
            return Valued(self.axis.all, self.axis.all)
        found = NOTHING
        for one in listens:
            mask = self.axis.mask(one.span)
            found = found.join(Valued(0, mask, self.reasons.bit(one.doubt)) if one.doubt else Valued(mask, mask))
        return found

    def crossed(self, crossings: tuple[Crossing, ...], version: int) -> Valued:
        """What all lists of some borders let through."""
        return self._crossed(crossings, version)

    def arriving(self, source: Spot, target: Spot) -> Valued:
        """What lists let through on the way out alone."""
        whole: Valued | None = None
        ways = self.ways.between(source, target)
        for way in ways:
            lets = self._crossed(way.crossings, target.version) if way.outcome != "no" else NOTHING
            lets = lets if way.outcome == "yes" else lets.doubted(self._bits(way.why))
            whole = lets if whole is None else whole.either(lets, self._why(ways))
        return whole or NOTHING

    def _why(self, ways: tuple[Way, ...]) -> int:
        return self._bits(tuple(dict.fromkeys(text for way in ways for text in way.why)))

    def _bits(self, texts: tuple[str, ...]) -> int:
        found = 0
        for text in texts:
            found |= self.reasons.bit(text)
        return found

    def _cases(self, way: Way, source: Spot, target: Spot, free: bool) -> list[Case]:
        lets = self._lets(way, source, target, free)
        seen = way.rewriters[-1] if way.rewriters else None
        known = self._receiver(source, target) if lets.open else ()
        if way.outcome == "open":
            known = known[:1]  # what groups let out that know the target is the more of the two
        return [Case(lets, way.sender, receiver, seen, way.public) for receiver in known]

    def _lets(self, way: Way, source: Spot, target: Spot, free: bool) -> Valued:
        if way.outcome == "no":
            return NOTHING
        seen = way.rewriters[-1] if way.rewriters else None
        lets = self._crossed(way.crossings, target.version)
        if way.rewriters or way.translated:
            lets = lets.meet(self._translated())
        if way.outcome == "open":
            return lets.meet(self._border(seen or source, target)).doubted(self._bits(way.why))
        return lets.meet(self._back(way, source, target, free))

    def _translated(self) -> Valued:
        """NAT gateways carry TCP, UDP and ICMP (vpc/latest/userguide/nat-gateway-basics.html)."""
        mask = 0
        for protocol in (*PORTS, *TYPES):
            mask |= self.axis.mask(Span(protocol, 0, TOP))
        return Valued(mask, mask)

    def _receiver(self, source: Spot, target: Spot) -> tuple[bool, ...]:
        """Do groups of the source know those of the target: in one VPC, and over peering in one region? Yes and no,
        where that is not known.

        https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
        """
        estate = self.ways.estate
        if source.vpc == target.vpc or not source.vpc or not target.vpc:
            return (True,)
        one, other, subnet = (estate.resources.get(urn) for urn in (source.vpc, target.vpc, source.subnet))
        if one is None or other is None or subnet is None or one.scope.region != other.scope.region:
            return (False,)
        served, _ = self.ways.world.tables.serving(subnet)
        tables = self.ways.world.tables
        choices = [tables.choose(table, source.vpc, target.version, target.at, target.vpc) for table in served]
        led = {one.to for choice in choices for one in choice.targets or (Target(NOWHERE),)}
        peered = {self._peering(to) for to in led}
        return (True, False) if None in peered or len(peered) > 1 else (True in peered,)

    def _peering(self, to: str) -> bool | None:
        """Does a route lead to a peering? None when that is not known."""
        gateway = self.ways.estate.resources.get(to)
        return None if to == UNKNOWN else gateway is not None and gateway.kind == "aws_vpc_peering_connection"

    def _back(self, way: Way, source: Spot, target: Spot, free: bool) -> Valued:
        """The traffic whose answers get back: to each rewriter in turn, and to the source at last."""
        stops = [target, *reversed(way.rewriters), source]
        answering = self.ways.answering(way.outward)
        whole = Valued(self.axis.all, self.axis.all)
        for at, (one, other) in enumerate(itertools.pairwise(stops)):
            last = at == len(stops) - 2
            # What a rewriter hands back has the address of whoever answered as source, in IPv4 or IPv6.
            four = other.version != target.version
            start = one._replace(version=other.version, at=target.at - FIRST if four else target.at)
            backs = answering.between(start, other)
            cases = [self._answer(back, start, other, free and last, last) for back in backs]
            got = cases[0] if cases else NOTHING
            for more in cases[1:]:
                got = got.either(more, self._why(backs))
            whole = whole.meet(self._as_six(got) if four else got)
        return whole

    def _as_six(self, value: Valued) -> Valued:
        return as_six(self.axis, value, self.reasons.bit(MESSAGES))

    def _answer(self, back: Way, source: Spot, target: Spot, free: bool, last: bool) -> Valued:
        if back.outcome == "no" or back.rewriters:
            return NOTHING
        crossed = self._crossed(back.crossings, target.version)
        if back.outcome == "open":
            crossed = crossed.meet(self._border(source, target))
            crossed = crossed.doubted(self._bits(back.why))
        whole = crossed.sure == self.axis.all
        why = 0 if whole else self.reasons.bit(CLIENT_PORT if last else NAT_PORT)
        return self.axis.answers(crossed, free, why)

    def _border(self, source: Spot, target: Spot) -> Valued:
        """Whatever is not known on the way: to arrive, it crosses the border of the target's subnet.

        Unless it set out there itself, or comes from something that forwards there.
        """
        beside = not target.vpc or source.vpc in ("", target.vpc)
        nowhere = beside and not source.subnet and not source.host and source.vpc != OUTSIDE
        if not target.subnet or target.subnet == source.subnet or nowhere or self.ways.stations.may_be_in(target):
            return Valued(self.axis.all, self.axis.all)
        return self._crossed((Crossing(target.subnet, "ingress", source.at),), target.version)

    def _crossed(self, crossings: tuple[Crossing, ...], version: int) -> Valued:
        whole = Valued(self.axis.all, self.axis.all)
        for crossing in crossings:
            acls, why = self._guarding(crossing.subnet)
            spoken = crossing.version or version
            lets = [
                self.ways.world.lists.lets(self.axis, self.reasons, acl, crossing.direction, spoken, crossing.far)
                for acl in acls
            ]
            got = lets[0]
            for more in lets[1:]:
                got = got.either(more, self.reasons.bit(why) if why else 0)
            whole = whole.meet(self._as_six(got) if spoken != version else got)
        return whole

    def _guarding(self, subnet: str) -> tuple[tuple[str, ...], str]:
        if subnet not in self._guards:
            resource = self.ways.estate.resources.get(subnet)
            self._guards[subnet] = self.ways.world.lists.guards(resource) if resource is not None else (("",), "")
        return self._guards[subnet]
