"""Segments: interfaces by VPC and tier, by VPC or by account, and what each may send to each.

A tier is what the routes of a subnet say: `public` with a route to the internet gateway of its VPC, `private` with
another way out (NAT, a transit gateway, an egress-only gateway), `premises` with a way to the premises alone,
`isolated` with none of these, `unknown` where its table is not in the data.
Source: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nephograph.engines.reachability.addresses import BITS, INTERNET, Prefix
from nephograph.engines.reachability.engine import Reachability
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.one_of import OneOf
from nephograph.engines.reachability.spots import OUTSIDE
from nephograph.engines.reachability.tables import LOCAL, NOWHERE, UNKNOWN, Target
from nephograph.engines.reachability.valued import NOTHING, Valued
from nephograph.model.value import has_symbol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INTERNET_NAME = "internet"
BY = ("tier", "vpc", "account")


class Segment(NamedTuple):
    """One segment. `vpc` is an urn ("" for a whole account), `tier` a word ("" for a whole VPC)."""

    account: str
    vpc: str
    tier: str


class Reach(NamedTuple):
    """What one segment may send to another, over all pairs of their interfaces. "internet" may be an end."""

    source: Segment | str
    target: Segment | str
    value: Valued


def tier(found: Reachability, subnet: str) -> str:
    """The tier of a subnet, by its routes."""
    resource = found.estate.resources.get(subnet)
    if resource is None:
        return "unknown"
    tables, why = found.world.tables.serving(resource)
    if why:
        return "unknown"
    vpc = found.reading.vpc_of(subnet)
    said = {_leads(found, target, vpc) for version in BITS for target in _outward(found, tables[0], vpc, version)}
    return next((word for word in ("public", "unknown", "private", "premises") if word in said), "isolated")


def _outward(found: Reachability, table: object, vpc: str, version: int) -> list[Target]:
    """Where a table leads addresses of the internet, and those of premises."""
    from nephograph.engines.reachability.tables import Table

    assert isinstance(table, Table)
    tables = found.world.tables
    if not table.urn:
        low = INTERNET[version][0][0]
        return list(tables.choose(table, vpc, version, low, OUTSIDE).targets)
    routes, blind = tables.compiled(table.urn, vpc, version)
    # A route that leads nobody knows where makes no tier where it is for no address of the internet.
    told = [r.target for r in routes if r.target.to != UNKNOWN or _of_internet(r.prefix)]
    return [*told, *(Target(UNKNOWN) for route in routes if route.doubt and _of_internet(route.prefix)), *blind]


def _of_internet(prefix: Prefix) -> bool:
    return any(low <= prefix.high and prefix.low <= high for low, high in INTERNET[prefix.version])


def _leads(found: Reachability, target: Target, vpc: str) -> str:
    if target.to in (LOCAL, NOWHERE):
        return ""
    if target.to.startswith("igw "):
        return "public"
    if target.to == UNKNOWN:
        return "unknown"
    gateway = found.estate.resources[target.to]
    if gateway.kind == "aws_internet_gateway":
        return "public" if found.reading.attached(gateway) == vpc else ""
    if gateway.kind == "aws_vpn_gateway":
        return "premises"
    if gateway.kind in ("aws_vpc_peering_connection", "aws_vpc_endpoint"):
        return ""
    return "private"


def segment_of(found: Reachability, interface: Interface, by: str, tiers: dict[str, str]) -> Segment:
    """The segment of an interface."""
    resource = found.estate.resources.get(interface.subnet) or found.estate.resources[interface.owner]
    said = resource.scope.account
    account = said if said and not has_symbol(said) else ""
    if by == "account":
        return Segment(account, "", "")
    if by == "vpc":
        return Segment(account, interface.vpc, "")
    if interface.subnet not in tiers:
        tiers[interface.subnet] = tier(found, interface.subnet)
    return Segment(account, interface.vpc, tiers[interface.subnet])


class Segments:
    """The segments of an estate with their interfaces, and what passes between them, IPv4 and IPv6 together."""

    def __init__(self, found: Reachability, by: str = "tier") -> None:
        self.found = found
        self.members: dict[Segment, list[str]] = {}
        self._of: dict[str, Segment] = {}
        tiers: dict[str, str] = {}
        for urn, interface in found.inventory.all.items():
            segment = segment_of(found, interface, by, tiers)
            self.members.setdefault(segment, []).append(urn)
            self._of[urn] = segment
        self._one_of: OneOf[Segment] = OneOf(found, self._of)
        self.reaches = [*self._between(), *self._outside()]

    def _between(self) -> list[Reach]:
        whole: dict[tuple[Segment, Segment], Valued] = {}
        for version in BITS:
            self.found.pairs[version].fill()
            for key, numbers in self._numbers(version).items():
                for number in sorted(numbers):
                    value = self.found.carried(self.found.interned.values[number], version)
                    whole[key] = whole.get(key, NOTHING).join(value)
            for one, other, value in self._one_of.between(version):
                carried = self.found.carried(value, version)
                whole[one, other] = whole.get((one, other), NOTHING).join(carried)
        return [Reach(one, other, value) for (one, other), value in whole.items() if value.open]

    def _numbers(self, version: int) -> dict[tuple[Segment, Segment], set[int]]:
        """The sets between the classes of two segments that two different interfaces can stand for.

        Those of whoever stands in one of several places are added by itself.
        """
        import numpy as np

        classes, inventory = self.found.classes[version], self.found.inventory.all
        subnets: dict[str, int] = {}
        found: dict[tuple[Segment, Segment], set[int]] = {}
        for (one, other), block in self.found.pairs[version].blocks.items():
            rows, columns = block.rows.tolist(), block.columns.tolist()
            near = [self._of[classes.members[n][0]] for n in rows]
            far = [self._of[classes.members[n][0]] for n in columns]
            apart = np.ones(block.numbers.shape, dtype=bool)
            beside = np.zeros(block.numbers.shape, dtype=bool)
            if one == other:
                matrix = self._standing(version, rows, subnets)
                single = matrix.sum(axis=1) == 1
                beside = matrix @ matrix.T > 0
                apart = ~(beside & single[:, None] & single[None, :])
                for at, number in enumerate(rows):
                    if sum(inventory[u].alone for u in classes.members[number]) < 2:
                        beside[at, at] = apart[at, at] = False
            for line, numbers in enumerate(rows):
                if not any(inventory[u].alone for u in classes.members[numbers]):
                    apart[line, :] = beside[line, :] = False
            for line, numbers in enumerate(columns):
                if not any(inventory[u].alone for u in classes.members[numbers]):
                    apart[:, line] = beside[:, line] = False
            for a in dict.fromkeys(near):
                i = np.array([s == a for s in near])
                for b in dict.fromkeys(far):
                    part = np.ix_(i, np.array([s == b for s in far]))
                    got = set(np.unique(block.numbers[part][apart[part]]).tolist())
                    if block.inside is not None:
                        got |= set(np.unique(block.inside[part][beside[part]]).tolist())
                    found.setdefault((a, b), set()).update(got - {0})
        return found

    def _standing(self, version: int, rows: list[int], subnets: dict[str, int]) -> NDArray[np.int32]:
        """Which subnets members of classes stand in."""
        import numpy as np

        classes, inventory = self.found.classes[version], self.found.inventory.all
        held = [{subnets.setdefault(inventory[u].subnet, len(subnets)) for u in classes.members[n]} for n in rows]
        matrix = np.zeros((len(rows), len(subnets)), dtype=np.int32)
        for at, numbers in enumerate(held):
            matrix[at, list(numbers)] = 1
        return matrix

    def _outside(self) -> list[Reach]:
        """The internet as one more segment."""
        inward: dict[Segment, Valued] = {}
        outward: dict[Segment, Valued] = {}
        asked: dict[tuple[object, ...], Valued] = {}
        for version in BITS:
            classes, internet = self.found.classes[version], self.found.internet[version]
            coming: list[tuple[str, Valued]] = []
            going: list[tuple[str, Valued]] = []
            for urn, numbers in classes.of.items():
                segment = self._of[urn]
                value = NOTHING
                for each in self.found.exposed(urn, version):
                    value = value.join(each.value)
                if not self.found.inventory.all[urn].alone:
                    coming.append((urn, value))
                    continue
                inward[segment] = inward.get(segment, NOTHING).join(value)
                public = internet.public(urn) if version == 4 else None
                key = (version, numbers, public is not None and public.there, public.why if public else "")
                if key not in asked:
                    value = NOTHING
                    for each in self.found.outward(urn, version):
                        value = value.join(each.value)
                    asked[key] = value
                if not self.found.inventory.all[urn].alone:
                    going.append((urn, asked[key]))
                    continue
                outward[segment] = outward.get(segment, NOTHING).join(asked[key])
            for told, whole in ((coming, inward), (going, outward)):
                for segment, value in self._one_of.folded(dict(told)):
                    whole[segment] = whole.get(segment, NOTHING).join(value)
        found = [Reach(INTERNET_NAME, s, v) for s, v in inward.items() if v.open]
        return found + [Reach(s, INTERNET_NAME, v) for s, v in outward.items() if v.open]
