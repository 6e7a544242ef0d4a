"""Edits that would leave a policy without statements, which no provider takes: what to do instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from nephograph.model.edit import Edit, RemoveItem, SetField
from nephograph.model.resource import Resource
from nephograph.model.span import Path

DENIES = ", whose only statement denies from then on"
"""What a title says of a policy that stays because something has to."""


def settled(edits: Iterable[Edit], resources: Mapping[str, Resource]) -> tuple[Edit, ...]:
    """The edits, save that a policy does not lose its last statement.

    An inline policy and the policy of a resource go as a whole. A trust policy and a managed policy have to say
    something: their first statement denies what it allowed.
    """
    edits = tuple(edits)
    lost: dict[tuple[str, Path], list[RemoveItem]] = defaultdict(list)
    for edit in edits:
        if isinstance(edit, RemoveItem) and edit.path[-2:-1] == ("Statement",):
            lost[edit.urn, edit.path[:-1]].append(edit)
    instead: dict[Edit, tuple[Edit, ...]] = {}
    for (urn, place), some in lost.items():
        resource = resources.get(urn)
        statements = resource.get(*place) if resource is not None else None
        if isinstance(statements, list) and len(some) == len(statements):
            instead |= dict.fromkeys(some, ())
            instead[some[0]] = _whole(some[0], place)
            if not instead[some[0]]:
                first = min(some, key=lambda one: str(one.path[-1]))
                instead |= {one: (one,) for one in some}
                instead[first] = (SetField(urn, (*first.path, "Effect"), "Deny"),)
    return tuple(dict.fromkeys(one for edit in edits for one in instead.get(edit, (edit,))))


def _whole(edit: RemoveItem, place: Path) -> tuple[Edit, ...]:
    """The edit that takes the policy away; none where it has to be there."""
    if place[0] == "inline_policies":
        return (RemoveItem(edit.urn, place[:2]),)
    return (RemoveItem(edit.urn, place[:1]),) if place[0] == "policy" else ()
