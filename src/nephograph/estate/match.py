"""Which resource of one estate is which of another: the ground of every comparison, and of linking code to cloud.

Rules are tried from the surest to the least sure; every pair says by which rule it was found. A rule takes a pair only
where it leaves no choice: a name that two resources share decides nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from nephograph.catalog.registry import kind, kind_names, of_code
from nephograph.estate.colours import colours
from nephograph.estate.graph import Estate
from nephograph.estate.names import spelling
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol

Moved = tuple[str, str, str]
"""Root, old address, new address of a moved block."""

Key = Callable[[Resource], Hashable]
"""What a rule compares; None where the resource has no such thing."""


class Pair(msgspec.Struct, frozen=True):
    """Two resources that are one entity (urns); `reason` is the rule that found them, in the field's words."""

    before: str
    after: str
    reason: str


class Matching(msgspec.Struct):
    """The pairs of two estates, and the urns that have no partner, sorted."""

    pairs: list[Pair]
    only_before: list[str]
    only_after: list[str]


def match(before: Estate, after: Estate, moved: Sequence[Moved] = (), alike: bool = True) -> Matching:
    """Pair the resources of two estates. `moved` are moved blocks of the later one.

    `alike` lets two resources pair because everything they say is the same: right for two states of one estate, too
    bold for code beside a cloud, where an equal stranger may well be somebody else's.
    """
    work = _Work(before, after)
    work.each("same name", lambda r: r.urn)
    work.unique("same ARN", lambda r: (r.kind, r.arn) if r.arn and not has_symbol(r.arn) else None)
    work.unique("same id", _literal_id)
    roots = _roots(before, after)
    new_address = {(roots.get(root, root), old): new for root, old, new in moved}

    def address(resource: Resource) -> Hashable:
        root = roots.get(resource.root)
        here = new_address.get((root or "", resource.address), resource.address)
        return (resource.kind, root, here) if root is not None else None

    work.each("same address", address, lambda r: (r.kind, r.root, r.address))
    work.unique("same name, where one side does not know its account or region", _identity)
    work.unique("the only one of an account and region", _single)
    found = -1
    while found != len(work.pairs):
        found = len(work.pairs)
        work.unique("same label under the same parent", work.labelled_below(before, 0), work.labelled_below(after, 1))
        work.unique("known by the same under one parent", work.told_below(before, 0), work.told_below(after, 1))
        work.unique("same label", lambda r: (r.kind, r.label) if r.label else None)
        _named_by(work, before, after, "source", "target")
        if alike:
            _named_by(work, before, after, "target", "source")
        if alike and work.left_before and work.left_after:
            _alike(work, before, after)
    return Matching(work.pairs, _missed(work.left_before), _missed(work.left_after))


def _missed(left: Mapping[str, Resource]) -> list[str]:
    """What the other side does not say, in order. What is of code alone is missed nowhere.

    No cloud and no template says it, and code that was put in order (into modules, under other names) is the same
    estate: only where both sides say such a thing, what they say of it is compared.
    """
    return sorted(urn for urn, resource in left.items() if not of_code(resource.kind))


class _Work:
    """Pairs so far, and what is left on both sides."""

    def __init__(self, before: Estate, after: Estate) -> None:
        self.pairs: list[Pair] = []
        self.left_before = dict(before.resources)
        self.left_after = dict(after.resources)
        self.marks: tuple[dict[str, str], dict[str, str]] = ({}, {})
        """urn → the mark of its pair, for each side."""

    def pair(self, before: Resource, after: Resource, reason: str) -> None:
        self.pairs.append(Pair(before.urn, after.urn, reason))
        self.marks[0][before.urn] = self.marks[1][after.urn] = after.urn
        del self.left_before[before.urn], self.left_after[after.urn]

    def each(self, reason: str, key: Key, other: Key | None = None) -> None:
        """Pair by a key that names one resource on each side by its nature."""
        there = {(other or key)(resource): resource for resource in self.left_after.values()}
        for resource in list(self.left_before.values()):
            mark = key(resource)
            partner = there.pop(mark, None) if mark is not None else None
            if partner is not None:
                self.pair(resource, partner, reason)

    def unique(self, reason: str, key: Key, other: Key | None = None) -> None:
        """Pair by a key, where exactly one resource on each side has it and could live in the other's place."""
        here, there = _by_key(self.left_before.values(), key), _by_key(self.left_after.values(), other or key)
        for mark, resources in here.items():
            for resource in resources:
                partners = [p for p in there.get(mark, ()) if _may_live_together(resource, p)]
                if len(partners) == 1 and sum(1 for r in resources if _may_live_together(r, partners[0])) == 1:
                    self.pair(resource, partners[0], reason)

    def labelled_below(self, estate: Estate, side: int) -> Key:
        """Kind, label, and the paired resources it belongs to; `side` is 0 for before, 1 for after."""
        marks = self.marks[side]

        def key(resource: Resource) -> Hashable:
            above = frozenset((e.kind, marks[e.target]) for e in estate.outgoing(resource.urn) if e.target in marks)
            return (resource.kind, resource.label, above) if resource.label and above else None

        return key

    def told_below(self, estate: Estate, side: int) -> Key:
        """Kind, the fields it is known by, and the paired resources it belongs to."""
        marks = self.marks[side]

        def key(resource: Resource) -> Hashable:
            fields = kind(resource.kind).known_by if resource.kind in kind_names() else ()
            values = [resource.config.get(field) for field in fields]
            if not values or not all(isinstance(value, str | int | float) for value in values):
                return None
            above = frozenset((e.kind, marks[e.target]) for e in estate.outgoing(resource.urn) if e.target in marks)
            return (resource.kind, *map(str, values), above) if above else None

        return key


def _single(resource: Resource) -> Hashable:
    alone = resource.kind in kind_names() and kind(resource.kind).single
    return (resource.kind, resource.scope.account) if alone and not has_symbol(resource.scope.account) else None


def _by_key(resources: Iterable[Resource], key: Key) -> dict[Hashable, list[Resource]]:
    found: dict[Hashable, list[Resource]] = defaultdict(list)
    for resource in resources:
        mark = key(resource)
        if mark is not None:
            found[mark].append(resource)
    return found


def _literal_id(resource: Resource) -> Hashable:
    """The id the provider gave it, where ids are given and this one is known."""
    value = resource.get("id")
    return (resource.kind, value) if isinstance(value, str) and not has_symbol(value) else None


def _identity(resource: Resource) -> Hashable:
    """Kind and identity keys, for resources that are named by what they are and not by where they are written."""
    identity = resource.urn.split(":", 5)[5]
    return (resource.kind, identity) if identity != spelling(resource.root, resource.address) else None


def _may_live_together(one: Resource, other: Resource) -> bool:
    """Could both be in one account and region? What is not known could be anything; a global kind has no region."""
    (_, _, *here, _, _), (_, _, *there, _, _) = (r.urn.split(":", 5) for r in (one, other))
    return all(a == b or has_symbol(a) or has_symbol(b) for a, b in zip(here, there, strict=True))


def _roots(before: Estate, after: Estate) -> dict[str, str]:
    """Which root of the first estate is which of the second: the same name, else the one that shares most addresses."""
    here, there = _addresses(before), _addresses(after)
    found = {root: root for root in here if root in there}
    for root in sorted(here.keys() - found.keys()):
        free = {name: len(here[root] & there[name]) for name in there if name not in found}
        best = Counter(free).most_common(2)
        if best and best[0][1] and (len(best) == 1 or best[0][1] > best[1][1]):
            found[root] = best[0][0]
    return found


def _addresses(estate: Estate) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for resource in estate.resources.values():
        found[resource.root].add((resource.kind, resource.address))
    return found


def _named_by(
    work: _Work, before: Estate, after: Estate, near: Literal["source", "target"], far: Literal["source", "target"]
) -> None:
    """Pair the only neighbours: what one entity refers to by one field on both sides, where that is one of its kind.

    The other way round (the only subnet of a VPC) holds between two states of one estate.
    """
    here, there = (
        _only(estate, left, near, far) for estate, left in ((before, work.left_before), (after, work.left_after))
    )
    for pair in list(work.pairs):
        ends = there.get(pair.after, {})
        for (verb, neighbour), urn in here.get(pair.before, {}).items():
            other = ends.get((verb, neighbour))
            if other is not None and urn in work.left_before and other in work.left_after:
                one, two = before.resources[urn], after.resources[other]
                if _may_live_together(one, two):
                    work.pair(one, two, f"the only {neighbour} that {verb.replace('_', ' ')} leads to from one entity")


def _only(estate: Estate, left: Mapping[str, Resource], near: str, far: str) -> dict[str, dict[tuple[str, str], str]]:
    """urn → (kind of edge, kind of neighbour) → the one neighbour of that kind, where it has no partner yet."""
    found: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in estate.edges:
        here, there = getattr(edge, near), getattr(edge, far)
        if there in estate.resources:
            found[here][edge.kind, estate.resources[there].kind].add(there)
    return {
        urn: {key: next(iter(ends)) for key, ends in by.items() if len(ends) == 1 and not ends.isdisjoint(left)}
        for urn, by in found.items()
    }


def _alike(work: _Work, before: Estate, after: Estate) -> None:
    """Pair what says the same and stands in the same relations; equal twins in the order of their addresses."""
    here = _by_colour(colours(before, work.left_before, work.marks[0]))
    there = _by_colour(colours(after, work.left_after, work.marks[1]))
    for colour, urns in here.items():
        others = there.get(colour, ())
        if len(urns) == len(others):
            for one, other in zip(urns, others, strict=True):
                work.pair(before.resources[one], after.resources[other], "says the same in the same place of the graph")


def _by_colour(coloured: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for urn in sorted(coloured):
        found[coloured[urn]].append(urn)
    return found
