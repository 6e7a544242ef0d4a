"""Whoever stands in one of several subnets and nobody says in which: what it passes in each of them is not sure.

Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nephograph.engines.reachability.reading import name
from nephograph.engines.reachability.valued import NOTHING, Valued

if TYPE_CHECKING:
    from nephograph.engines.reachability.engine import Reachability

Group = TypeVar("Group", bound=Hashable)


class _End(NamedTuple):
    """Members of a class that are alike: `owner` only where they stand in one of several places."""

    member: str
    subnet: str
    owner: str


class OneOf(Generic[Group]):
    """The owners of which one interface of several is the real one; `groups` says what each interface counts to."""

    def __init__(self, found: Reachability, groups: Mapping[str, Group]) -> None:
        self.found = found
        self.groups = groups
        self._kinds: dict[tuple[int, int], list[_End]] = {}
        self.places: dict[str, list[str]] = defaultdict(list)
        """The interfaces of each owner."""
        for interface in found.inventory.all.values():
            if not interface.alone:
                self.places[interface.owner].append(interface.urn)

    def folded(self, told: Mapping[str, Valued]) -> Iterator[tuple[Group, Valued]]:
        """What an interface passes, as what its group passes: surely only where all places of its owner are in it."""
        for owner, urns in self.places.items():
            if not any(urn in told for urn in urns):
                continue
            why = self._why(owner)
            groups = {self.groups[urn] for urn in urns}
            for group in groups:
                here = [told.get(urn, NOTHING) for urn in urns if self.groups[urn] == group]
                whole = here[0]
                for value in here[1:]:
                    whole = whole.either(value, why)
                yield group, whole if len(groups) == 1 else whole.doubted(why)

    def between(self, version: int) -> Iterator[tuple[Group, Group, Valued]]:
        """(group, group, what passes) with one such interface at an end, or two."""
        for outward in (True, False):
            rows = {urn: self._line(urn, version, outward) for urns in self.places.values() for urn in urns}
            for other in {group for row in rows.values() for group in row}:
                told = {urn: row.get(other, NOTHING) for urn, row in rows.items()}
                for group, value in self.folded(told):
                    yield (group, other, value) if outward else (other, group, value)

    def _line(self, urn: str, version: int, outward: bool) -> dict[Group, Valued]:
        """What passes between an interface and each group."""
        found, classes = self.found, self.found.classes[version]
        whole: dict[Group, Valued] | None = None
        for number in classes.of.get(urn, ()):
            row: dict[Group, Valued] = {}
            for group, value in self._values(urn, number, version, outward):
                row[group] = row.get(group, NOTHING).join(value)
            why = found.reasons.bit(f"the address of {self._named(found.inventory.all[urn].owner)}")
            if whole is None:
                whole = row
            else:
                keys = dict.fromkeys([*whole, *row])
                whole = {k: whole.get(k, NOTHING).either(row.get(k, NOTHING), why) for k in keys}
        return whole or {}

    def _values(self, urn: str, number: int, version: int, outward: bool) -> Iterator[tuple[Group, Valued]]:
        found, classes = self.found, self.found.classes[version]
        own, vpc = found.inventory.all[urn], classes.place_of(number).vpc
        at = found.pairs[version].position(number)
        for (one, other), block in found.pairs[version].blocks.items():
            if vpc != (one if outward else other):
                continue
            far = (block.columns if outward else block.rows).tolist()
            apart = (block.numbers[at] if outward else block.numbers[:, at]).tolist()
            inside = apart
            if block.inside is not None:
                inside = (block.inside[at] if outward else block.inside[:, at]).tolist()
            for place, other_number in enumerate(far):
                if not (apart[place] or inside[place]):
                    continue
                for end in self._ends(version, other_number):
                    if end.owner == own.owner:
                        continue
                    beside = bool(own.subnet) and end.subnet == own.subnet
                    value = found.interned.values[inside[place] if beside else apart[place]]
                    if value.open:
                        yield self.groups[end.member], value.doubted(self._why(end.owner)) if end.owner else value

    def _ends(self, version: int, number: int) -> list[_End]:
        """One member of a class for each group, subnet and owner that matters."""
        key = (version, number)
        if key not in self._kinds:
            inventory = self.found.inventory.all
            found: dict[tuple[Group, str, str], _End] = {}
            for member in self.found.classes[version].members[number]:
                end = inventory[member]
                kind = (self.groups[member], end.subnet, "" if end.alone else end.owner)
                found.setdefault(kind, _End(member, end.subnet, kind[2]))
            self._kinds[key] = list(found.values())
        return self._kinds[key]

    def _why(self, owner: str) -> int:
        return self.found.reasons.bit(f"in which of its subnets {self._named(owner)} stands")

    def _named(self, owner: str) -> str:
        resource = self.found.estate.resources.get(owner)
        return name(resource) if resource is not None else owner
