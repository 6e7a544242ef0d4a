"""Everything the engine of all pairs says of an estate, by what owns the interfaces, so that two estates compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from nephograph.engines.reachability.addresses import INTERNET
from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.internet import Range
from nephograph.engines.reachability.through import nodes, through
from nephograph.engines.reachability.traffic import Axis
from nephograph.engines.reachability.valued import NOTHING, Valued
from nephograph.estate.graph import Estate

ONE_OF = 1
"""Why it is open what something passes that stands in one of several places: any reason will do here."""

Key = tuple[object, ...]
"""("pair", from, to, version), ("through", from, balancer, to, version), ("inward" …, to, version, an address) …"""


class Probe(NamedTuple):
    """One protocol and port, as bits of the axes of two estates."""

    protocol: str
    port: int
    one: int
    other: int


class Everything:
    """The sets of one estate. Owners that stand in one of several places pass what they pass in each of them."""

    def __init__(self, estate: Estate) -> None:
        self.found = Reachability(estate)
        self.ends: dict[str, list[Interface]] = defaultdict(list)
        for interface in self.found.inventory.all.values():
            self.ends[interface.owner].append(interface)
        self.sets = dict(self._sets())
        self.ranges = dict(self._ranges())

    def _sets(self) -> Iterator[tuple[Key, Valued]]:
        found = self.found
        behind: dict[str, list[Interface]] = defaultdict(list)
        for node in nodes(found):
            behind[node.owner].append(node)
        for a in self.ends:
            for b in self.ends:
                if a != b:
                    for version in (4, 6):
                        value = self._over(a, b, lambda x, y, v=version: found.between(x, y, v))
                        yield ("pair", a, b, version), value
                for door, every in behind.items():
                    if door not in (a, b) and a != b:
                        for version in (4, 6):
                            whole = NOTHING
                            for node in every:
                                whole = whole.join(
                                    self._over(a, b, lambda x, y, n=node.urn, v=version: through(found, x, n, y, v))
                                )
                            yield ("through", a, door, b, version), whole

    def _over(self, one: str, other: str, value: Callable[[str, str], Valued]) -> Valued:
        rows = [
            (i.alone, folded([(j.alone, value(i.urn, j.urn)) for j in self.ends[other] if i.urn != j.urn]))
            for i in self.ends[one]
        ]
        return folded(rows)

    def _ranges(self) -> Iterator[tuple[Key, list[tuple[bool, tuple[Range, ...]]]]]:
        found = self.found
        for owner, interfaces in self.ends.items():
            for version in (4, 6):
                yield ("inward", owner, version), [(i.alone, found.exposed(i.urn, version)) for i in interfaces]
                yield ("outward", owner, version), [(i.alone, found.outward(i.urn, version)) for i in interfaces]
            yield ("by NAT64", owner, 4), [(i.alone, found.translated(i.urn)) for i in interfaces]

    def at(self, key: Key, address: int) -> Valued:
        """What passes from or to one address of the internet."""
        found = []
        for alone, ranges in self.ranges.get(key, ()):
            whole = NOTHING
            for one in ranges:
                if any(low <= address <= high for low, high in one.addresses):
                    whole = whole.join(one.value)
            found.append((alone, whole))
        return folded(found)

    def edges(self, key: Key) -> set[int]:
        """Every address at which a range begins or ends."""
        return {x for _, held in self.ranges.get(key, ()) for one in held for pair in one.addresses for x in pair}

    def own(self, version: int, address: int) -> bool:
        """Is an address one of a VPC of the estate, and so nobody's on the internet?"""
        reading = self.found.reading
        vpcs = self.found.estate.of_kind("aws_vpc")
        return any(low <= address <= high for vpc in vpcs for low, high in reading.ranges(vpc.urn, version))


def folded(values: list[tuple[bool, Valued]]) -> Valued:
    """What passes over several interfaces: any of them, or one of them and nobody knows which."""
    found: Valued | None = None
    for alone, value in values:
        if found is None:
            found = value
        else:
            found = found.join(value) if alone else found.either(value, ONE_OF)
    return found or NOTHING


def probes(one: Axis, other: Axis) -> list[Probe]:
    """A protocol and port for each atom of either axis."""
    cuts: dict[str, set[int]] = defaultdict(set)
    for axis in (one, other):
        for protocol in axis.protocols:
            cuts[protocol] |= set(axis.starts(protocol))
    return [Probe(p, at, one.bit(p, at), other.bit(p, at)) for p in sorted(cuts) for at in sorted(cuts[p])]


def contradictions(known: Everything, holed: Everything) -> Iterator[str]:
    """Where an estate with a hole is answered surely, and otherwise than when all is known; where nothing is named."""
    asked = probes(known.found.axis, holed.found.axis)
    for key in dict.fromkeys([*known.sets, *holed.sets]):
        one, other = known.sets.get(key, NOTHING), holed.sets.get(key, NOTHING)
        yield from _differ(key, one, other, asked)
    for key in dict.fromkeys([*known.ranges, *holed.ranges]):
        version = int(str(key[2]))
        for address in sorted(known.edges(key) | holed.edges(key)):
            if _asked(version, address) and not known.own(version, address):
                yield from _differ((*key, hex(address)), known.at(key, address), holed.at(key, address), asked)


def _asked(version: int, address: int) -> bool:
    return any(low <= address <= high for low, high in INTERNET[version])


def _differ(key: Key, one: Valued, other: Valued, asked: list[Probe]) -> Iterator[str]:
    for probe in asked:
        if other.sure & probe.other and not one.sure & probe.one:
            yield f"{key} {probe.protocol}/{probe.port}: surely, and not when all is known"
            return
        if not other.open & probe.other and one.open & probe.one:
            yield f"{key} {probe.protocol}/{probe.port}: surely not, and not so when all is known"
            return
    if other.sure != other.open and not other.why:
        yield f"{key}: depends on nothing"
