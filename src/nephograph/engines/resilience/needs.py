"""The estate as things that need things: which of them stop when something is gone, certainly or perhaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from nephograph.catalog.registry import kind, kind_names
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown

How = Literal["every", "any", "most", "one", "part", ""]


GLOBAL = frozenset({"iam", "organizations", "cloudfront", "route53", "globalaccelerator", "shield"})
"""Services whose resources work on when a region is lost: control planes stand in one, what they set up does not
(https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html)."""


class Declared(Protocol):
    """What a declaration of a need has (see `library.dependencies.declare.Need`)."""

    @property
    def kind(self) -> str:
        """The kind that needs, or `*`."""

    @property
    def to(self) -> tuple[tuple[str, ...], ...]:
        """Chains of edges."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of targets that count."""

    @property
    def says(self) -> str:
        """Why it needs them."""

    @property
    def aspect(self) -> str:
        """What the thing loses."""

    @property
    def theirs(self) -> str:
        """What the targets have to keep."""

    def decided(self, resource: Resource) -> How:
        """How many of them."""


class Thing(NamedTuple):
    """Something that can be lost, and what of it: a urn or a place (`zone eu-west-1a`, `region …`, `account …`)."""

    name: str
    aspect: str = "works"


class Group(NamedTuple):
    """`thing` needs `how` of `others`."""

    thing: Thing
    how: How
    others: tuple[Thing, ...]
    says: str


class Needs(NamedTuple):
    """Every group, and how many references of each kind lead nowhere, so that a need may be missing."""

    groups: tuple[Group, ...]
    unlinked: dict[str, int]


def service_of(resource: Resource) -> str:
    """The service of a resource's kind, "" for a kind that the catalog does not have."""
    return kind(resource.kind).service if resource.kind in kind_names() else ""


def zone(name: str) -> str:
    """The place of an availability zone."""
    return f"zone {name}"


def needs_of(estate: Estate, declared: Sequence[Declared]) -> Needs:
    """All needs of all things of the estate, places included."""
    by_kind: dict[str, list[Declared]] = defaultdict(list)
    for one in declared:
        by_kind[one.kind].append(one)
    groups: list[Group] = []
    unlinked: dict[str, int] = defaultdict(int)
    regions: set[str] = set()
    zones: set[str] = set()
    for resource in estate.resources.values():
        groups += _placed(resource)
        if resource.scope.region:
            regions.add(resource.scope.region)
        for one in (*by_kind["*"], *by_kind[resource.kind]):
            group = _group(estate, resource, one)
            if group is not None:
                groups.append(group)
                zones |= {other.name for other in group.others if other.name.startswith("zone ")}
        if estate.unlinked.get(resource.urn):
            unlinked[resource.kind] += 1
    groups += [
        Group(Thing(place), "every", (Thing(f"region {place.removeprefix('zone ')[:-1]}"),), "it is a part of it")
        for place in sorted(zones)
        if place.removeprefix("zone ")[:-1] in regions
    ]
    return Needs(tuple(groups), dict(sorted(unlinked.items())))


def _placed(resource: Resource) -> Iterator[Group]:
    scope = resource.scope
    if scope.region and service_of(resource) not in GLOBAL:
        yield Group(Thing(resource.urn), "every", (Thing(f"region {scope.region}"),), "it is in it")
    if scope.account:
        yield Group(Thing(resource.urn), "every", (Thing(f"account {scope.account}"),), "it belongs to it")


def _group(estate: Estate, resource: Resource, one: Declared) -> Group | None:
    how = one.decided(resource)
    if not how:
        return None
    others: dict[Thing, None] = {}
    for chain in one.to:
        for name in _follow(estate, resource, chain):
            target = estate.resources.get(name)
            if not one.kinds or (target is not None and target.kind in one.kinds):
                others[Thing(name, one.theirs)] = None
    others.pop(Thing(resource.urn, one.aspect), None)
    return Group(Thing(resource.urn, one.aspect), how, tuple(others), one.says) if others else None


def _follow(estate: Estate, resource: Resource, chain: Sequence[str]) -> Iterable[str]:
    """The urns, or places, at the end of a chain of edges."""
    at = {resource.urn: None}
    for hop in chain:
        after: dict[str, None] = {}
        for urn in at:
            if hop.startswith("zone:"):
                after |= dict.fromkeys(_zones(estate.resources[urn], hop.removeprefix("zone:")))
            elif hop.startswith("~"):
                after |= dict.fromkeys(r.urn for r in estate.holders(urn, hop[1:]))
            else:
                after |= dict.fromkeys(r.urn for r in estate.targets(urn, hop))
        at = after
    return at


def _zones(resource: Resource, field: str) -> Iterator[str]:
    said = resource.get(field)
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, str) and one and not is_unknown(one):
            yield zone(one)
