"""The whole estate at once: between any two interfaces the exact set of protocols and ports.

    found = Reachability(estate)
    found.fill()                        # every block; without it a block is worked out when it is first asked for
    found.traffic("aws_instance.web", "aws_instance.db")

An answer is for packets to the private address (or the IPv6 address) of the target and for the answers back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.reachability.addresses import BITS, Prefix
from nephograph.engines.reachability.balancers import BALANCERS
from nephograph.engines.reachability.cases import Cases
from nephograph.engines.reachability.classes import Classes, registers
from nephograph.engines.reachability.filters import Filters
from nephograph.engines.reachability.groups import Groups
from nephograph.engines.reachability.interfaces import Inventory
from nephograph.engines.reachability.internet import Internet, Range
from nephograph.engines.reachability.listeners import takes
from nephograph.engines.reachability.lists import Lists
from nephograph.engines.reachability.machines import chosen
from nephograph.engines.reachability.nat64 import translated
from nephograph.engines.reachability.pairs import Pairs
from nephograph.engines.reachability.reading import Reading, name
from nephograph.engines.reachability.regional import added
from nephograph.engines.reachability.tables import Tables
from nephograph.engines.reachability.traffic import Axis, Span
from nephograph.engines.reachability.transit import Transit
from nephograph.engines.reachability.valued import NOTHING, Interned, Reasons, Valued
from nephograph.engines.reachability.ways import Ways, World
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource


class Traffic(NamedTuple):
    """What passes: surely, perhaps, and what the rest depends on."""

    sure: tuple[Span, ...]
    perhaps: tuple[Span, ...]
    depends_on: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """yes when any packet surely passes, depends when one may."""
        return "yes" if self.sure else "depends" if self.perhaps else "no"


class Reachability:
    """Everything the estate says about packets, compiled; answers for classes and for single interfaces."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.reading = Reading(estate)
        self.reasons = Reasons()
        self.interned = Interned()
        self.inventory = Inventory(self.reading)
        self.groups = Groups(self.reading)
        self.lists = Lists(self.reading)
        tables, transit = Tables(self.reading), Transit(self.reading)
        self.world = World(self.reading, self.inventory, tables, transit, self.lists)
        spans = [r.span for r in self.groups.all() if r.span is not None]
        listened = [
            one.span for r in estate.resources.values() if r.kind in BALANCERS for one in takes(self.reading, r) or ()
        ]
        tasks = chosen() if estate.of_kind("aws_ecs_service") else ()
        self.axis = Axis([*spans, *self.lists.spans(), *filter(None, listened), *tasks])
        ways = [*tables.prefixes(), *transit.prefixes(), *added(self.reading), *self._networks()]
        net = registers([*ways, *self.lists.prefixes()])
        rules = registers([*self.groups.prefixes()])
        self.ways = Ways(self.world)
        self.cases = Cases(self.ways, self.axis, self.reasons)
        self.classes = {v: Classes(self.world, v, net[v], rules[v]) for v in BITS}
        for version in BITS:
            self.ways.cut_at(version, sorted({*net[version].cuts(), *rules[version].cuts()}))
        self.filters = Filters(self.groups, self.axis, self.reasons, self.interned, self.classes)
        self.internet = {v: Internet(self.classes[v], net[v], self.cases, self.filters) for v in BITS}
        self.pairs = {v: Pairs(self.classes[v], self.cases, self.filters, self.interned) for v in BITS}

    def _networks(self) -> list[Prefix]:
        vpcs = self.estate.of_kind("aws_vpc")
        return [Prefix(v, low, high) for vpc in vpcs for v in BITS for low, high in self.reading.ranges(vpc.urn, v)]

    def fill(self) -> None:
        """Work out the blocks of all VPCs, IPv4 and IPv6."""
        for pairs in self.pairs.values():
            pairs.fill()

    def change(self, group: Resource) -> bool:
        """Answer from now on as if a security group said what `group` says; only what it touches is worked out anew.

        References of its rules are those of the estate as it was read, position by position; prefixes and ports may be
        any. False, and nothing is changed, when a prefix divides a class: then the estate has to be read anew. Raises
        `KeyError` for a group that is not there.
        """
        before = self.groups.rules[group.urn, "ingress"], self.groups.rules[group.urn, "egress"]
        self.groups.read(group)
        rules = [*self.groups.rules[group.urn, "ingress"], *self.groups.rules[group.urn, "egress"]]
        for rule in rules:
            if rule.peer[0] == "cidr" and not self.classes[rule.peer[1].version].learn(rule.peer[1]):
                self.groups.rules[group.urn, "ingress"], self.groups.rules[group.urn, "egress"] = before
                return False
        for rule in rules:
            if rule.span is not None and rule.span.low <= rule.span.high and not self.axis.fits(rule.span):
                self._split(rule.span)
        self.filters.forget(group.urn)
        self.filters.learn()
        for version in BITS:
            self.internet[version].forget()
            memberships = self.classes[version].memberships
            self.pairs[version].renew({n for n, m in enumerate(memberships) if group.urn in m.groups})
        return True

    def _split(self, span: Span) -> None:
        change = self.axis.split(span)
        self.interned.lift(change)
        self.filters.lift()
        for version in BITS:
            self.pairs[version].lift(change)

    def number(self, source: int, target: int, version: int, inside: bool) -> int:
        """The number of the set between two classes; `inside`: of two members in one subnet."""
        classes, pairs = self.classes[version], self.pairs[version]
        vpcs = (classes.place_of(source).vpc, classes.place_of(target).vpc)
        block = pairs.block(*vpcs)
        if block is None:
            return 0
        row, column = pairs.position(source), pairs.position(target)
        numbers = block.inside if inside and block.inside is not None else block.numbers
        return int(numbers[row, column])

    def between(self, source: str, target: str, version: int = 4) -> Valued:
        """What one interface may send to another. Raises `KeyError` for an urn that is no interface."""
        one, other = self.inventory.all[source], self.inventory.all[target]
        inside = bool(one.subnet) and one.subnet == other.subnet
        classes = self.classes[version]
        found: Valued | None = None
        for a in classes.of.get(source, ()):
            for b in classes.of.get(target, ()):
                value = self.interned.values[self.number(a, b, version, inside)]
                if found is not None and value != found:
                    why = f"the addresses of {self._named(source)} and {self._named(target)}"
                    value = value._replace(why=value.why | self.reasons.bit(why))
                found = value if found is None else found.either(value)
        return self.carried(found, version) if found is not None else NOTHING

    def carried(self, value: Valued, version: int) -> Valued:
        """A set without the ICMP of the other version of IP."""
        mask = ~self.axis.mask(Span("icmpv6" if version == 4 else "icmp", 0, 255))
        sure, open_ = value.sure & mask, value.open & mask
        return Valued(sure, open_, value.why if sure != open_ else 0)

    def exposed(self, urn: str, version: int = 4) -> tuple[Range, ...]:
        """What the internet may send to an interface, by the exact ranges it comes from."""
        internet, classes = self.internet[version], self.classes[version]
        public = internet.public(urn) if version == 4 else None
        numbers = classes.of.get(urn, ())
        if not numbers or (public is not None and not public.there):
            return ()
        bit = self.reasons.bit(public.why) if public is not None and public.why else 0
        doubt = classes.all[numbers[0]].doubt
        bit |= self.reasons.bit(doubt) if doubt else 0
        if any(internet.into(n) != internet.into(numbers[0]) for n in numbers[1:]):
            bit |= self.reasons.bit(f"the address of {self._named(urn)}")
        accepted = self.cases.accepted(classes.all[numbers[0]].takes)
        found = []
        for each in internet.into(numbers[0]) if len(numbers) == 1 else _common(internet, numbers):
            value = self.carried(each.value, version).meet(accepted)
            value = value.doubted(bit) if bit and value.open else value
            if value.open:
                found.append(Range(each.addresses, value))
        return tuple(found)

    def exposures(self, version: int = 4) -> Iterator[tuple[str, tuple[Range, ...]]]:
        """Everything the internet may send to: interface by interface, in order."""
        for urn in self.classes[version].of:
            ranges = self.exposed(urn, version)
            if ranges:
                yield urn, ranges

    def outward(self, urn: str, version: int = 4) -> tuple[Range, ...]:
        """What an interface may send to the internet, and have answered, by the exact ranges it goes to."""
        numbers = self.classes[version].of.get(urn, ())
        found = self.internet[version].out_of(urn, numbers[0]) if numbers else ()
        bit = self.doubt_of(urn, version, all(self.internet[version].out_of(urn, n) == found for n in numbers[1:]))
        if bit:
            found = tuple(Range(r.addresses, r.value.doubted(bit)) for r in found)
        return tuple(Range(r.addresses, v) for r in found if (v := self.carried(r.value, version)).open)

    def translated(self, urn: str) -> tuple[Range, ...]:
        """What an interface may send to the IPv4 internet by NAT64, and have answered, by the exact IPv4 ranges."""
        return translated(self, urn)

    def doubt_of(self, urn: str, version: int, same: bool) -> int:
        """Why it is open what an interface does: whether it has an address, and which where that is not the `same`."""
        numbers = self.classes[version].of.get(urn, ())
        doubt = self.classes[version].all[numbers[0]].doubt if numbers else ""
        bit = self.reasons.bit(doubt) if doubt else 0
        return bit if same else bit | self.reasons.bit(f"the address of {self._named(urn)}")

    def traffic(self, source: str, target: str, version: int = 4) -> Traffic:
        """The same in words."""
        return self.said(self.between(source, target, version))

    def said(self, value: Valued) -> Traffic:
        """A set in words."""
        sure, perhaps = self.axis.spans(value.sure), self.axis.spans(value.open & ~value.sure)
        return Traffic(tuple(sure), tuple(perhaps), self.reasons.said(value.why) if perhaps else ())

    def _named(self, urn: str) -> str:
        resource = self.estate.resources.get(self.inventory.all[urn].owner)
        return name(resource) if resource is not None else urn


def _common(internet: Internet, numbers: tuple[int, ...]) -> tuple[Range, ...]:
    """The ranges of all places an address may lie in; those that are not of all of them are open."""
    every = [internet.into(number) for number in numbers]
    return every[0] if all(one == every[0] for one in every) else tuple(r for ranges in every for r in ranges)
