"""Reads an estate: one pinned generation, whatever a writer does meanwhile."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

import msgspec

from nephograph.estate.store import changes as differences
from nephograph.estate.store import graph, manifest, query, schema, views
from nephograph.estate.store.pin import Pin
from nephograph.estate.store.stored import StoredContents
from nephograph.model.errors import Problem, ReadError, UsageError

if TYPE_CHECKING:
    import duckdb
    import numpy as np

_ATTEMPTS = 5
"""How often the manifest is read again when the generation it named is gone by the time it is opened."""

_READING = "512MB"


class SnapshotRow(msgspec.Struct, frozen=True):
    """One load: its number, when it was taken (RFC 3339), the content's digest, and what it changed."""

    number: int
    taken: str
    digest: str
    sources: tuple[str, ...]
    resources: int
    edges: int
    added: int
    removed: int
    changed: int


class Version(msgspec.Struct, frozen=True):
    """One version of a resource: it holds in the snapshots from `valid_from` up to `valid_to` (None: still).

    `what` is added, changed, or moved (it says the same at another place).
    """

    valid_from: int
    valid_to: int | None
    taken_from: str
    taken_to: str | None
    what: Literal["added", "changed", "moved"]
    address: str
    root: str


class Store:
    """An opened estate. Open with `Store.open`, close it or use it as a context manager.

    Everything is read from one generation. `problems` says what was found broken on the way to it.
    """

    def __init__(self, path: pathlib.Path, generation: manifest.Generation, pin: Pin, problems: list[Problem]) -> None:
        self.path = path
        self.generation = generation
        self.problems: tuple[Problem, ...] = tuple(problems)
        self._pin = pin
        self._folder = generation.path(path)
        self._connections: dict[tuple[int, str], duckdb.DuckDBPyConnection] = {}
        self._arrays: dict[tuple[str, str], graph.Csr] = {}
        self._ids: dict[str, int] = {}
        self._own = query.connect(self._folder / manifest.DATABASE, _READING, min(4, os.cpu_count() or 1))
        self._own.execute(f"USE {views.DATA}")
        self._snapshots = self._read_snapshots()
        self._entities = schema.number(self._own, "SELECT coalesce(max(id), 0) FROM entity")

    @classmethod
    def open(cls, path: pathlib.Path) -> Self:
        """Open the newest generation that is whole.

        Raises `UsageError` when there is no estate, `ReadError` when it is of another version or nothing of it opens.
        """
        import duckdb

        named = manifest.read(path)
        for _ in range(_ATTEMPTS):
            problems: list[Problem] = []
            for generation in reversed(named.generations):
                try:
                    pin = Pin(generation.path(path))
                    fault = generation.fault(path)
                    if not fault:
                        return cls(path, generation, pin, problems)
                    pin.release()
                except OSError as error:
                    fault = error.strerror or str(error)
                except duckdb.Error as error:
                    pin.release()
                    fault = str(error).splitlines()[0]
                problems.append(manifest.left_behind(path, generation, fault))
            # A writer may have gone on while this was looking: then there is a newer manifest.
            before, named = named, manifest.read(path)
            if before == named:
                break
        raise ReadError(
            "estate-broken",
            f"no generation of {path} is whole: {problems[0].message}",
            "load the sources into another directory; what this one held cannot be read back",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the generation."""
        for connection in (self._own, *self._connections.values()):
            connection.close()
        self._connections.clear()
        self._arrays.clear()
        self._pin.release()

    def _read_snapshots(self) -> tuple[SnapshotRow, ...]:
        rows = self._own.execute(
            "SELECT number, taken, digest, from_json(json_extract(record, '$.about.sources'), '[\"VARCHAR\"]'),"
            " resources, edges, added, removed, changed FROM snapshot ORDER BY number"
        ).fetchall()
        return tuple(
            SnapshotRow(number, taken, digest, tuple(sources or ()), *counts)
            for number, taken, digest, sources, *counts in rows
        )

    def snapshots(self) -> tuple[SnapshotRow, ...]:
        """Every load, oldest first."""
        return self._snapshots

    def snapshot(self, number: int | None = None) -> SnapshotRow:
        """One load; the newest without a number. Raises `UsageError` when there is no such snapshot."""
        for found in reversed(self._snapshots):
            if number is None or found.number == number:
                return found
        raise UsageError(
            "no-snapshot",
            f"{self.path} has no snapshot {number}; it has {self._snapshots[0].number} to {self._snapshots[-1].number}",
            "`neph snapshots` lists them",
        )

    def contents(self, as_of: int | None = None) -> StoredContents:
        """What a snapshot holds, as engines and lenses take it. It reads from this store as long as that is open."""
        return StoredContents(self._own, self.snapshot(as_of).number)

    def query(
        self,
        sql: str,
        as_of: int | None = None,
        limit_rows: int = query.ROWS,
        seconds: float = query.SECONDS,
        memory: str = query.MEMORY,
    ) -> query.Rows:
        """Ask in SQL over the views of a snapshot (see `views`), within bounds (see `query`)."""
        number = self.snapshot(as_of).number
        connection = self._connections.get((number, memory))
        if connection is None:
            connection = query.connect(self._folder / manifest.DATABASE, memory)
            views.create(connection, number)
            query.lock(connection)
            self._connections[number, memory] = connection
        return query.run(connection, sql, limit_rows, seconds)

    def changes(self, a: int, b: int) -> differences.Changes:
        """What differs from snapshot `a` to `b`, by the stored times of versions alone."""
        return differences.window(self._own, self.snapshot(a).number, self.snapshot(b).number)

    def full_changes(self, a: int, b: int) -> differences.Changes:
        """The same, found by comparing every resource of both snapshots."""
        return differences.full(self._own, self.snapshot(a).number, self.snapshot(b).number)

    def versions(self, urn: str) -> tuple[Version, ...]:
        """The versions of one resource, oldest first; none when it was never seen."""
        rows = self._own.execute(
            "SELECT valid_from, valid_to, content, address, root FROM resource"
            " JOIN frame ON frame.id = frame WHERE entity = ? ORDER BY valid_from",
            [self.entity(urn)],
        ).fetchall()
        taken = {row.number: row.taken for row in self._snapshots}
        found: list[Version] = []
        before: tuple[int, int] | None = None
        for start, end, content, address, root in rows:
            what: Literal["added", "changed", "moved"] = "added"
            if before is not None and before[0] == start:
                what = "moved" if before[1] == content else "changed"
            before = (end, content)
            stop = None if end == schema.OPEN else end
            found.append(Version(start, stop, taken[start], taken[stop] if stop else None, what, address, root))
        return tuple(found)

    def entity(self, urn: str) -> int:
        """The id of a urn in the arrays; 0 when it was never seen. Found once, it is remembered."""
        found = self._ids.get(urn)
        if found is None:
            row = schema.first(self._own, "SELECT id FROM entity WHERE urn = ?", [urn])
            found = self._ids[urn] = int(row[0]) if row else 0
        return found

    def urns(self, entities: Iterable[int] | np.ndarray) -> list[str]:
        """The urns of ids, in the order of the ids."""
        import numpy as np

        ids = np.fromiter(entities, np.uint32)
        self._own.register("wanted", {"id": ids, "place": np.arange(len(ids), dtype=np.uint32)})
        rows = self._own.execute("SELECT urn FROM wanted JOIN estate.main.entity USING (id) ORDER BY place").fetchall()
        self._own.unregister("wanted")
        return [row[0] for row in rows]

    def edge_kinds(self) -> tuple[str, ...]:
        """The kinds of edge there are or ever were, sorted."""
        return tuple(row[0] for row in self._own.execute("SELECT name FROM edge_kind ORDER BY name").fetchall())

    def csr(self, kind: str, direction: graph.Direction = "out") -> graph.Csr:
        """The edges of one kind in the newest snapshot, memory-mapped; empty for a kind there is not."""
        found = self._arrays.get((kind, direction))
        if found is None:
            row = schema.first(self._own, "SELECT id FROM edge_kind WHERE name = ?", [kind])
            found = graph.load(self._folder / "edges", f"{row[0]}.{direction}") if row else graph.empty()
            self._arrays[kind, direction] = found
        return found

    def hops(
        self, start: str, count: int, kinds: Sequence[str] | None = None, direction: graph.Direction = "out"
    ) -> np.ndarray:
        """The ids within `count` edges of a resource, itself too, ascending; over all kinds when none are named."""
        return graph.hops(self._over(kinds, direction), self.entity(start), count, self._entities)

    def reach(
        self, starts: Iterable[str], kinds: Sequence[str] | None = None, direction: graph.Direction = "out"
    ) -> np.ndarray:
        """The ids that can be reached from any of the resources, those too, ascending."""
        found = [entity for urn in starts if (entity := self.entity(urn))]
        names = self.edge_kinds() if kinds is None else kinds
        other: graph.Direction = "in" if direction == "out" else "out"
        return graph.reach(
            self._over(names, direction), found, self._entities, lambda place: self.csr(names[place], other)
        )

    def _over(self, kinds: Sequence[str] | None, direction: graph.Direction) -> list[graph.Csr]:
        return [self.csr(kind, direction) for kind in (self.edge_kinds() if kinds is None else kinds)]

    def export(
        self, folder: pathlib.Path, format: Literal["parquet", "json"] = "parquet", as_of: int | None = None
    ) -> list[pathlib.Path]:
        """Write a snapshot's views as files, one each (see `export`). Returns what was written."""
        from nephograph.estate.store.export import export

        return export(self._folder / manifest.DATABASE, folder, format, self.snapshot(as_of).number)
