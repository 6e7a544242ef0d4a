"""A copy of the estate with some edits made: what would be, if somebody made them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.edit import Edit, RemoveItem
from nephograph.model.errors import EditError
from nephograph.model.span import Path


def edited(estate: Estate, edits: Iterable[Edit]) -> Estate:
    """The estate after the edits; the given one stays as it is.

    References that an edit takes away take their edges with them. An edit cannot add a reference: a value that names
    another resource would have to be linked, which is the work of `build`. Raises `EditError` for an edit of something
    that is not there.
    """
    by_urn: dict[str, list[Edit]] = {}
    for edit in edits:
        by_urn.setdefault(edit.urn, []).append(edit)
    changed = dict(estate.resources)
    for urn, some in by_urn.items():
        resource = estate.resources.get(urn)
        if resource is None:
            raise EditError("no-resource", f"{urn} is not in the estate", "load it again")
        config = copy.deepcopy(resource.config)
        # Later items of a list first: their places are those of the given estate.
        for edit in sorted(some, key=lambda one: _order(one.path), reverse=True):
            _make(config, edit)
        changed[urn] = msgspec.structs.replace(resource, config=config)
    edges = [left for edge in estate.edges if (left := _after(edge, by_urn)) is not None]
    return Estate(changed.values(), edges, estate.unlinked, estate.answered)


def _order(path: Path) -> tuple[tuple[int, str, int], ...]:
    return tuple((0, part, 0) if isinstance(part, str) else (1, "", part) for part in path)


def _make(config: dict[str, Any], edit: Edit) -> None:
    *way, last = edit.path
    at: Any = config
    for part in way:
        try:
            if not isinstance(edit, RemoveItem) and isinstance(part, str) and at.get(part) is None:
                at[part] = {}
            at = at[part]
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise EditError("no-place", f"{edit.urn} has nothing at {_dotted(edit.path)}", "load it again") from error
    if isinstance(edit, RemoveItem):
        try:
            del at[last]
        except (KeyError, IndexError, TypeError) as error:
            raise EditError("no-place", f"{edit.urn} has nothing at {_dotted(edit.path)}", "load it again") from error
    else:
        at[last] = edit.value


def _after(edge: Edge, edits: dict[str, list[Edit]]) -> Edge | None:
    """The edge after the edits of the resource that says it: gone when its place is, else where it stands now."""
    path = edge.path
    for edit in edits.get(edge.said_by, ()):
        if _within(edge.path, edit.path):
            return None
        if isinstance(edit, RemoveItem):
            path = _moved(path, edge.path, edit.path)
    return edge if path == edge.path else msgspec.structs.replace(edge, path=path)


def _within(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def _moved(now: Path, path: Path, removed: Path) -> Path:
    """The path once an earlier item of a list it goes through is gone."""
    *way, last = removed
    depth = len(way)
    if len(path) <= depth or path[:depth] != tuple(way):
        return now
    place, before = path[depth], now[depth]
    if not isinstance(last, int) or not isinstance(place, int) or not isinstance(before, int) or place < last:
        return now
    return (*now[:depth], before - 1, *now[depth + 1 :])


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in path)
