"""References become fact edges; a reference that leads nowhere is kept with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nephograph.catalog.language import Field, Kind
from nephograph.estate.resolve import Directory, Entry
from nephograph.model.edge import Edge
from nephograph.model.resource import Resource
from nephograph.model.source import Document
from nephograph.model.span import Path
from nephograph.model.value import Unknown, unknowns

Unlinked = dict[str, list[tuple[str, str]]]


def link(
    resources: Sequence[Resource], entries: Sequence[Entry], directory: Directory, strangers: Sequence[Document]
) -> tuple[list[Edge], Unlinked]:
    """The edges of all resources. The first `len(entries)` resources belong to the entries, the rest to strangers."""
    generic = {(r.root, r.address): r for r in resources[len(entries) :]}
    edges: list[Edge] = []
    unlinked: Unlinked = defaultdict(list)
    for entry in entries:
        link_entry(entry, directory, generic, edges, unlinked)
    for document, resource in zip(strangers, resources[len(entries) :], strict=True):
        for address in dict.fromkeys(u.ref.address for u in unknowns(dict(document.attributes)) if u.ref):
            found = directory.at(document.root, address)
            stranger = generic.get((document.root, address))
            whom = found.urn if found else stranger.urn if stranger else None
            if whom is not None:
                edges.append(Edge("refers_to", resource.urn, whom, said_by=resource.urn))
    return edges, dict(unlinked)


def link_entry(
    entry: Entry,
    directory: Directory,
    generic: dict[tuple[str, str], Resource],
    edges: list[Edge],
    unlinked: Unlinked,
) -> None:
    """Add the edges of one entity, and its references that lead nowhere. `generic` are the strangers by their place."""
    for rule in entry.kind.links:
        pattern = rule.path.split(".")
        if entry.config.get(pattern[0]) is None:
            continue
        kinds = _field(entry.kind, pattern).refers
        for path, value in _values(entry.config, pattern):
            target = _target(value, kinds, entry.document, directory, generic)
            if target is None:
                why = str(value) if isinstance(value, Unknown) else f"{value} is not in the data"
                unlinked[entry.urn].append((".".join(str(part) for part in path), why))
                continue
            source, end = (target, entry.urn) if rule.inverse else (entry.urn, target)
            edges.append(Edge(rule.kind, source, end, said_by=entry.urn, path=path))


def _target(
    value: Any, kinds: Iterable[str], document: Document, directory: Directory, generic: dict[tuple[str, str], Resource]
) -> str | None:
    if isinstance(value, Unknown):
        if value.ref is None:
            entry = directory.named(kinds, value.symbol, document)
            return entry.urn if entry is not None and entry.document.root == document.root else None
        entry = directory.at(document.root, value.ref.address)
        if entry is not None:
            return entry.urn
        stranger = generic.get((document.root, value.ref.address))
        return stranger.urn if stranger else None
    entry = directory.named(kinds, str(value), document)
    return entry.urn if entry else None


def _field(kind: Kind, pattern: list[str]) -> Field:
    field = kind.fields[pattern[0]]
    for part in pattern[1:]:
        if part != "*":
            field = field.fields[part]
    return field


def _values(config: Any, pattern: list[str], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value a pattern meets; a list of references is met element by element."""
    if config is None:
        return
    if not pattern:
        if isinstance(config, list):
            for position, element in enumerate(config):
                yield from _values(element, [], (*path, position))
        else:
            yield path, config
    elif isinstance(config, Unknown):
        yield path, config
    elif pattern[0] == "*":
        if isinstance(config, list):
            for position, element in enumerate(config):
                yield from _values(element, pattern[1:], (*path, position))
    elif isinstance(config, dict):
        yield from _values(config.get(pattern[0]), pattern[1:], (*path, pattern[0]))
