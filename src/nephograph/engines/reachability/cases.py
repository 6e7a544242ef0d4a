"""Ways out and back as sets of traffic: what lists on both legs let through, and what a group rule sees of the source.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html,
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-connection-tracking.html
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from nephograph.engines.reachability.balancers import Listens
from nephograph.engines.reachability.nat64 import FIRST, MESSAGES, as_six
from nephograph.engines.reachability.spots import Crossing, Spot, Way
from nephograph.engines.reachability.traffic import PORTS, TOP, TYPES, Axis, Span
from nephograph.engines.reachability.valued import NOTHING, Reasons, Valued
from nephograph.engines.reachability.ways import Ways

CLIENT_PORT = "the port the client sends from"
NAT_PORT = "the port a NAT gateway sends from"


class Case(NamedTuple):
    """One case of a connection: what lists let through; whether groups of the target know those of the source, and the
    other way round; the spot that stands as source at the target (None: the source itself); whose public address
    stands as source on the internet ("own", an interface, "" for none)."""

    lets: Valued
    sender: bool
    receiver: bool
    source: Spot | None
    public: str = ""


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
        for way in ways:
            case = self._case(way, source, target, free)
            if case is not None:
                found.append(case)
        if found and len(found) < len(ways):
            # One of the cases is a no.
            found = [c._replace(lets=c.lets.doubted(self._why(ways))) for c in found]
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
        for way in self.ways.between(source, target):
            lets = self._crossed(way.crossings, target.version) if way.outcome != "no" else NOTHING
            lets = lets if way.outcome == "yes" else lets.doubted(self._bits(way.why))
            whole = lets if whole is None else whole.either(lets)
        return whole or NOTHING

    def _why(self, ways: tuple[Way, ...]) -> int:
        return self._bits(tuple(dict.fromkeys(text for way in ways for text in way.why)))

    def _bits(self, texts: tuple[str, ...]) -> int:
        found = 0
        for text in texts:
            found |= self.reasons.bit(text)
        return found

    def _case(self, way: Way, source: Spot, target: Spot, free: bool) -> Case | None:
        if way.outcome == "no":
            return None
        seen = way.rewriters[-1] if way.rewriters else None
        lets = self._crossed(way.crossings, target.version)
        if way.rewriters or way.translated:
            lets = lets.meet(self._translated())
        if way.outcome == "open":
            if target.subnet and target.subnet != source.subnet:
                # Whatever is not known on the way: to arrive, it crosses the border of the target's subnet.
                border = Crossing(target.subnet, "ingress", (seen or source).at)
                lets = lets.meet(self._crossed((border,), target.version))
            lets = lets.doubted(self._bits(way.why))
            return Case(lets, way.sender, self._receiver(source, target), seen, way.public) if lets.open else None
        lets = lets.meet(self._back(way, source, target, free))
        if not lets.open:
            return None
        return Case(lets, way.sender, self._receiver(source, target), seen, way.public)

    def _translated(self) -> Valued:
        """NAT gateways carry TCP, UDP and ICMP (vpc/latest/userguide/nat-gateway-basics.html)."""
        mask = 0
        for protocol in (*PORTS, *TYPES):
            mask |= self.axis.mask(Span(protocol, 0, TOP))
        return Valued(mask, mask)

    def _receiver(self, source: Spot, target: Spot) -> bool:
        """Do groups of the source know those of the target: in one VPC, and over peering in one region?

        https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
        """
        estate = self.ways.estate
        if source.vpc == target.vpc:
            return True
        one, other, subnet = (estate.resources.get(urn) for urn in (source.vpc, target.vpc, source.subnet))
        if one is None or other is None or subnet is None or one.scope.region != other.scope.region:
            return False
        served, _ = self.ways.world.tables.serving(subnet)
        choice = self.ways.world.tables.choose(served[0], source.vpc, target.version, target.at)
        gateways = [estate.resources.get(t.to) for t in choice.targets[:1]]
        return any(g is not None and g.kind == "aws_vpc_peering_connection" for g in gateways)

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
            cases = [self._answer(back, start, other, free and last, last) for back in answering.between(start, other)]
            got = cases[0] if cases else NOTHING
            for more in cases[1:]:
                got = got.either(more)
            whole = whole.meet(self._as_six(got) if four else got)
        return whole

    def _as_six(self, value: Valued) -> Valued:
        return as_six(self.axis, value, self.reasons.bit(MESSAGES))

    def _answer(self, back: Way, source: Spot, target: Spot, free: bool, last: bool) -> Valued:
        if back.outcome == "no" or back.rewriters:
            return NOTHING
        crossed = self._crossed(back.crossings, target.version)
        if back.outcome == "open":
            if target.subnet and target.subnet != source.subnet:
                # As on the way out: wherever it leads, it crosses the border of the subnet it is for.
                border = Crossing(target.subnet, "ingress", source.at)
                crossed = crossed.meet(self._crossed((border,), target.version))
            crossed = crossed.doubted(self._bits(back.why))
        whole = crossed.sure == self.axis.all
        why = 0 if whole else self.reasons.bit(CLIENT_PORT if last else NAT_PORT)
        return self.axis.answers(crossed, free, why)

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
                got = got.either(more)
            if why and got.sure != got.open:
                got = got._replace(why=got.why | self.reasons.bit(why))
            whole = whole.meet(self._as_six(got) if spoken != version else got)
        return whole

    def _guarding(self, subnet: str) -> tuple[tuple[str, ...], str]:
        if subnet not in self._guards:
            resource = self.ways.estate.resources.get(subnet)
            self._guards[subnet] = self.ways.world.lists.guards(resource) if resource is not None else (("",), "")
        return self._guards[subnet]
