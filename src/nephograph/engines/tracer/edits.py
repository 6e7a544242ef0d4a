"""Semantic edits carried out on a copy of an estate, so that what they promise can be traced.

A value of a reference field is the urn of what it shall refer to; the links of the catalog say which fields those are.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from nephograph.catalog.registry import kind as kind_named
from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.edit import RemoveItem, SetField
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Path


class AddResource(msgspec.Struct, frozen=True, tag="add-resource", tag_field="edit"):
    """A new resource of a kind, beside `near`; `urn` is what other edits call it by."""

    urn: str
    kind: str
    near: str
    config: dict[str, Any]


AnyEdit = SetField | RemoveItem | AddResource


class _Nowhere:
    """What was not written has no place."""

    def of(self, path: Path) -> tuple[bool, None]:
        """Nothing was said."""
        del path
        return False, None

    def is_written(self, path: Path) -> bool:
        """Nothing was."""
        del path
        return False


def apply(estate: Estate, edits: Sequence[AnyEdit]) -> Estate:
    """The estate after the edits; the given one stays what it is. Raises KeyError for a urn that is not there."""
    resources = dict(estate.resources)
    edges = list(estate.edges)
    unlinked = dict(estate.unlinked)
    for edit in sorted(edits, key=lambda e: not isinstance(e, AddResource)):
        if isinstance(edit, AddResource):
            resources[edit.urn] = _new(edit, resources[edit.near])
            edges += _links(resources[edit.urn], (), resources)
            continue
        before = resources[edit.urn]
        config = copy.deepcopy(before.config)
        if isinstance(edit, SetField):
            _set(config, edit.path, edit.value)
        else:
            _remove(config, edit.path)
        after = resources[edit.urn] = msgspec.structs.replace(before, config=config)
        edges = [moved for edge in edges if (moved := _kept(edge, edit)) is not None]
        if isinstance(edit, SetField):
            edges += _links(after, edit.path, resources)
        dotted = ".".join(str(part) for part in edit.path)
        left = [(f, why) for f, why in unlinked.get(edit.urn, []) if f != dotted and not f.startswith(dotted + ".")]
        unlinked[edit.urn] = left
    return Estate(resources.values(), edges, unlinked, estate.answered)


def _new(edit: AddResource, near: Resource) -> Resource:
    scope = Scope(near.scope.provider, near.scope.account, near.scope.region)
    label = edit.urn.rpartition(":")[2]
    return Resource(
        edit.urn,
        edit.kind,
        edit.kind,
        Class.GENERIC,
        label,
        scope,
        dict(edit.config),
        _Nowhere(),
        label=label,
        said=near.said,
    )


def _set(config: Any, path: Path, value: Any) -> None:
    for index, part in enumerate(path[:-1]):
        below = config.get(part) if isinstance(config, dict) else config[part]
        if not isinstance(below, dict | list):
            below = [] if isinstance(path[index + 1], int) else {}
            config[part] = below
        config = below
    last = path[-1]
    if isinstance(config, list) and isinstance(last, int) and last >= len(config):
        config.append(value)
    else:
        config[last] = value


def _remove(config: Any, path: Path) -> None:
    for part in path[:-1]:
        config = config[part]
    del config[path[-1]]


def _kept(edge: Edge, edit: SetField | RemoveItem) -> Edge | None:
    """The edge after the edit: gone where its field is, one place down behind an item that was taken away."""
    path, at = edit.path, len(edit.path)
    if edge.said_by != edit.urn or len(edge.path) < at or edge.path[: at - 1] != path[:-1]:
        return edge
    here, gone = edge.path[at - 1], path[-1]
    if here == gone:
        return None
    if isinstance(edit, RemoveItem) and isinstance(here, int) and isinstance(gone, int) and here > gone:
        return msgspec.structs.replace(edge, path=(*path[:-1], here - 1, *edge.path[at:]))
    return edge


def _links(resource: Resource, below: Path, resources: dict[str, Resource]) -> list[Edge]:
    found = []
    for link in kind_named(resource.kind).links:
        for path, value in _values(resource.config, link.path.split(".")):
            if path[: len(below)] == below and isinstance(value, str) and value in resources:
                ends = (value, resource.urn) if link.inverse else (resource.urn, value)
                found.append(Edge(link.kind, *ends, said_by=resource.urn, path=path))
    return found


def _values(config: Any, pattern: list[str], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        if isinstance(config, list):
            for at, element in enumerate(config):
                yield (*path, at), element
        else:
            yield path, config
    elif pattern[0] == "*" and isinstance(config, list):
        for at, element in enumerate(config):
            yield from _values(element, pattern[1:], (*path, at))
    elif isinstance(config, dict) and pattern[0] in config:
        yield from _values(config[pattern[0]], pattern[1:], (*path, pattern[0]))
