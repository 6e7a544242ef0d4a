"""What the internet reaches, from where exactly; and what reaches the internet.

The addresses of the internet are cut wherever a rule or a route that matters here begins or ends; of each piece one
address is asked about. Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
"""

from __future__ import annotations

from typing import Any, NamedTuple

from nephograph.engines.reachability.addresses import INTERNET, Interval, Prefixes, merged, pieces
from nephograph.engines.reachability.cases import Case, Cases
from nephograph.engines.reachability.classes import Class, Classes
from nephograph.engines.reachability.filters import Filters
from nephograph.engines.reachability.public import SOME, Public, public_of
from nephograph.engines.reachability.spots import OUTSIDE, Spot
from nephograph.engines.reachability.valued import NOTHING, Valued

Paths = list[tuple[Interval, tuple[Case, ...]]]
"""Pieces of addresses and the cases of connections with them."""


class Range(NamedTuple):
    """Some addresses of the internet, and what passes from or to all of them."""

    addresses: tuple[Interval, ...]
    value: Valued


class Internet:
    """The internet and the classes of one version."""

    def __init__(self, classes: Classes, net: Prefixes, cases: Cases, filters: Filters) -> None:
        self.classes = classes
        self.version = classes.version
        self.cases = cases
        self.filters = filters
        self._pieces = pieces(INTERNET[self.version], net.cuts())
        self._net = net
        self._paths: dict[tuple[int, bool], list[tuple[Interval, tuple[Case, ...]]]] = {}
        self._inward: dict[tuple[int, int], tuple[Range, ...]] = {}
        self._public: dict[str, Public] = {}

    def public(self, urn: str) -> Public:
        """Whether the internet knows an address of an interface."""
        found = self._public.get(urn)
        if found is None:
            world = self.classes.world
            interface = world.inventory.all.get(urn)
            # A regional NAT gateway is no interface of a subnet; the public addresses of its zones are its own.
            found = public_of(world.reading, interface) if interface is not None else SOME
            self._public[urn] = found
        return found

    def _path(self, one: Class, inward: bool) -> list[tuple[Interval, tuple[Case, ...]]]:
        """The cases for every piece of the internet, in or out."""
        key = (one.place, inward)
        if key not in self._paths:
            spot = self.classes.places[one.place].spots[0]
            asked: dict[tuple[int, ...], tuple[Case, ...]] = {}
            found = []
            for piece in self._pieces:
                held = self._net.holding(piece[0])
                if held not in asked:
                    far = Spot(OUTSIDE, "", self.version, piece[0])
                    asked[held] = self.cases.between(far, spot, free=True) if inward else self.cases.between(spot, far)
                found.append((piece, asked[held]))
            self._paths[key] = found
        return self._paths[key]

    def into(self, number: int) -> tuple[Range, ...]:
        """What the internet may send to a class, if the internet knows an address of it."""
        one = self.classes.all[number]
        key = (one.place, one.membership)
        if key not in self._inward:
            self._inward[key] = self._ranges(one, True)
        return self._inward[key]

    def out_of(self, urn: str, number: int) -> tuple[Range, ...]:
        """What an interface may send to the internet: by its own public address, through NAT, or by IPv6."""
        return self._ranges(self.classes.all[number], False, urn)

    def forget(self) -> None:
        """Rules, or atoms of traffic, have changed."""
        self._inward.clear()
        self._paths.clear()

    def _ranges(self, one: Class, inward: bool, urn: str = "") -> tuple[Range, ...]:
        return self._cut(one, self._path(one, inward), inward, urn)

    def over(self, number: int, paths: Paths, urn: str) -> tuple[Range, ...]:
        """What an interface of a class may send along cases that were worked out for pieces of addresses."""
        return self._cut(self.classes.all[number], paths, False, urn)

    def _cut(self, one: Class, paths: Paths, inward: bool, urn: str) -> tuple[Range, ...]:
        if not any(cases for _, cases in paths):
            return ()
        membership = self.classes.memberships[one.membership]
        direction: Any = "ingress" if inward else "egress"
        lets = self.filters.lets(membership, direction)
        named = [k[1] for k in lets if k[0] == "cidr" and k[1].version == self.version]
        cuts = sorted({edge for p in named for edge in (p.low, p.high + 1)})
        found: dict[Valued, list[Interval]] = {}
        for piece, cases in paths:
            if not cases:
                continue
            for low, high in pieces((piece,), cuts):
                rules = self.filters.one(self.version, membership, direction, low)
                value = self._case(cases, rules, inward, urn)
                if value.open:
                    found.setdefault(value, []).append((low, high))
        return tuple(Range(merged(intervals), value) for value, intervals in found.items())

    def _case(self, cases: tuple[Case, ...], rules: Valued, inward: bool, urn: str) -> Valued:
        whole: Valued | None = None
        for case in cases:
            value = rules.meet(case.lets)
            if not inward and case.public:
                value = self._as(value, urn if case.public == "own" else case.public)
            whole = value if whole is None else whole.either(value, case.why)
        return whole or NOTHING

    def _as(self, value: Valued, urn: str) -> Valued:
        """Traffic that has to leave under the public address of an interface."""
        public = self.public(urn)
        if not public.there:
            return NOTHING
        return value.doubted(self.cases.reasons.bit(public.why)) if public.why else value
