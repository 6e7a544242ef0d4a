# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""A stored snapshot as engines and lenses take it: an `Estate`, what loading said beside it, and excerpts."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

import msgspec

from nephograph.estate.graph import Estate
from nephograph.estate.store import documents, edges, schema
from nephograph.estate.store.contents import About, existence_of
from nephograph.estate.store.documents import StoredDocument
from nephograph.estate.store.lossless import restore
from nephograph.estate.store.origins import StoredProvenance
from nephograph.estate.store.snapshot import Recorded
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource, Saying
from nephograph.model.source import Said, Scope

if TYPE_CHECKING:
    import duckdb

_COLUMNS = (
    "urn, kind, native, cls, address, provider, account, region, config, aside, root, arn, label, existence,"
    " frame.said, also, entity"
)


class StoredContents:
    """One snapshot. Everything is fetched when it is first asked for; origins and documents one resource at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int) -> None:
        self._connection = connection
        self.number = number

    @functools.cached_property
    def _recorded(self) -> Recorded:
        row = schema.first(self._connection, "SELECT record FROM snapshot WHERE number = ?", [self.number])
        assert row is not None
        return msgspec.json.decode(row[0], type=Recorded)

    @property
    def about(self) -> About:
        """Time, sources, coverage, problems, assumptions and suppressions of the load."""
        return self._recorded.about

    @functools.cached_property
    def estate(self) -> Estate:
        """The whole graph."""
        rows = self._rows("true", [])
        return Estate([self._resource(row) for row in rows], self._edges(), self._unlinked())

    def resource(self, urn: str) -> Resource | None:
        """One resource, without reading the others."""
        rows = self._rows("entity = (SELECT id FROM entity WHERE urn = ?)", [urn])
        return self._resource(rows[0]) if rows else None

    def documents(self, urn: str) -> tuple[StoredDocument, ...]:
        """The raw documents that say a resource, the main one first."""
        row = schema.first(
            self._connection,
            "SELECT documents, documents_aside, root, address, provider, account, region FROM resource"
            " JOIN entity ON entity.id = entity JOIN frame ON frame.id = frame"
            f" WHERE urn = ? AND {schema.holds(self.number)}",
            [urn],
        )
        return documents.decode(row[0], row[1], documents.Place(*row[2:])) if row else ()

    @functools.cached_property
    def excerpts(self) -> StoredExcerpts:
        """The masked lines of the files that were read."""
        return StoredExcerpts(self._connection, self._recorded.files)

    def _rows(self, condition: str, values: list[Any]) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            f"SELECT {_COLUMNS} FROM resource JOIN entity ON entity.id = entity JOIN frame ON frame.id = frame"
            f" WHERE {schema.holds(self.number)} AND {condition}",
            values,
        ).fetchall()

    def _resource(self, row: tuple[Any, ...]) -> Resource:
        (urn, kind, native, cls, address, provider, account, region, config, aside, root, arn, label, existence,
         said, also, entity) = row  # fmt: skip
        texts = _Origins(self._connection, entity, self.number)
        return Resource(
            urn=urn,
            kind=kind,
            native=native,
            cls=Class(cls),
            address=address,
            scope=Scope(provider, account, region),
            config=restore(config, aside),
            provenance=StoredProvenance(functools.partial(texts.at, 0)),
            root=root,
            arn=arn,
            label=label,
            existence=existence_of(existence),
            said=cast(Said, said),
            also=tuple(
                Saying(
                    said=other["said"],
                    root=other["root"],
                    address=other["address"],
                    config=restore(other["config"], other["aside"]),
                    provenance=StoredProvenance(functools.partial(texts.at, place)),
                    reason=other["reason"],
                )
                for place, other in enumerate(msgspec.json.decode(also) if also else (), 1)
            ),
        )

    def _edges(self) -> list[Edge]:
        """In the order of the resource that said them, then kind and field."""
        rows = self._connection.execute(
            "SELECT edge_kind.name, a.urn, b.urn, coalesce(s.urn, ''), path.path FROM edge"
            " JOIN edge_kind ON edge_kind.id = edge.kind JOIN path ON path.id = edge.path"
            " JOIN entity a ON a.id = source JOIN entity b ON b.id = target LEFT JOIN entity s ON s.id = said_by"
            f" WHERE {schema.holds(self.number, 'edge')}"
            " ORDER BY 4, 1, edge.path, 2, 3"
        ).fetchall()
        paths = {text: edges.decode_path(text) for text in {row[4] for row in rows}}
        return [Edge(kind, source, target, said_by, paths[path]) for kind, source, target, said_by, path in rows]

    def _unlinked(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for urn, field, why in self._connection.execute(
            f"SELECT urn, field, why FROM unlinked JOIN entity ON id = entity WHERE {schema.holds(self.number)}"
            " ORDER BY urn, place"
        ).fetchall():
            found[urn].append((field, why))
        return dict(found)


class _Origins:
    """The origins of one resource and of the other ways it is said, fetched together."""

    __slots__ = ("_connection", "_entity", "_number", "_texts")

    def __init__(self, connection: duckdb.DuckDBPyConnection, entity: int, number: int) -> None:
        self._connection = connection
        self._entity = entity
        self._number = number
        self._texts: list[str] | None = None

    def at(self, place: int) -> str:
        if self._texts is None:
            row = schema.first(
                self._connection,
                f"SELECT data FROM origin WHERE entity = {self._entity} AND {schema.holds(self._number)}",
            )
            assert row is not None
            self._texts = row[0].split("\n")
        return self._texts[place]


class StoredExcerpts:
    """Implements `model.source.Excerpts` over stored texts; each is fetched when a line of it is first asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: dict[str, str]) -> None:
        self._connection = connection
        self._files = files
        self._lines: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """The text of one line without its end, credentials masked; None when it was not kept."""
        key = self._files.get(file)
        if key is None:
            return None
        if key not in self._lines:
            row = schema.first(self._connection, "SELECT content FROM text WHERE hash = ?", [key])
            self._lines[key] = row[0].split("\n") if row else []
        lines = self._lines[key]
        return lines[number - 1] if 1 <= number <= len(lines) else None
