# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""Edges of a new snapshot against those that hold, one kind at a time, as columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from nephograph.estate.store import schema
from nephograph.estate.store.contents import EdgeColumns
from nephograph.estate.store.lossless import clean, dotted
from nephograph.estate.store.schema import OPEN
from nephograph.estate.store.steps import step
from nephograph.model.span import Path

if TYPE_CHECKING:
    import duckdb
    import numpy as np


class EdgeMerge:
    """Merges the edges of snapshot `number`; `ids` are entity ids by position (see `Merge.ids`).

    Remembers in `touched` the kinds whose edges differ from those of the snapshot before, and in `total` how many
    edges there are now.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int, ids: np.ndarray) -> None:
        self._connection = connection
        self._number = number
        self._ids = ids
        rows = connection.execute("SELECT name, id FROM edge_kind ORDER BY id").fetchall()
        self._kinds: dict[str, int] = dict(rows)
        self._paths: dict[str, int] = dict(connection.execute("SELECT path, id FROM path").fetchall())
        self._held = {
            name
            for (name,) in connection.execute(
                f"SELECT name FROM edge_kind WHERE id IN (SELECT DISTINCT kind FROM edge WHERE valid_to = {OPEN})"
            ).fetchall()
        }
        self.touched: set[str] = set()
        self.total = 0

    def merge(self, columns: Iterable[EdgeColumns]) -> None:
        """Merge every kind of edge. A kind may come in one piece only."""
        gone = set(self._held)
        for edges in columns:
            step("edges")
            gone.discard(edges.kind)
            self.total += len(edges.source)
            if edges.kind in self._held:
                self._merge(edges)
            elif len(edges.source):
                self._register(edges)
                self._append(edges.kind, "given")
                self._connection.unregister("given")
        for kind in sorted(gone):
            self.touched.add(kind)
            self._connection.execute(
                f"UPDATE edge SET valid_to = {self._number} WHERE valid_to = {OPEN} AND kind = {self._kinds[kind]}"
            )

    def _kind(self, name: str) -> int:
        found = self._kinds.get(name)
        if found is None:
            found = self._kinds[name] = len(self._kinds) + 1
            self._connection.execute("INSERT INTO edge_kind VALUES (?, ?)", [found, name])
        return found

    def _path_ids(self, paths: Iterable[Path]) -> list[int]:
        ids, new = [], []
        for path in paths:
            text = encode_path(path)
            found = self._paths.get(text)
            if found is None:
                found = self._paths[text] = len(self._paths) + 1
                new.append((found, text, dotted(path)))
            ids.append(found)
        if new:
            self._connection.executemany("INSERT INTO path VALUES (?, ?, ?)", new)
        return ids

    def _register(self, edges: EdgeColumns) -> None:
        """Make the edges a table `given`, sorted by source, ends as entity ids."""
        import numpy as np

        source, target = self._ids[edges.source], self._ids[edges.target]
        paths = np.array(self._path_ids(edges.paths), np.uint32)
        path = None if edges.path is None or len(paths) == 1 else paths[edges.path]
        said_by = edges.said_by
        if isinstance(said_by, str) and path is None:
            # Nothing hangs on the single edge: sort both ends as one number, which is many times faster.
            key = (source.astype(np.uint64) << np.uint64(32)) | target
            key.sort()
            target = key.astype(np.uint32)
            source = (key >> np.uint64(32)).astype(np.uint32)
        else:
            order = np.argsort((source.astype(np.uint64) << np.uint64(32)) | target)
            source, target = source[order], target[order]
            path = None if path is None else path[order]
            if not isinstance(said_by, str):
                said_by = np.where(said_by < 0, np.uint32(0), self._ids[said_by])[order].astype(np.uint32)
        columns = {"source": source, "target": target}
        if not isinstance(said_by, str):
            columns["said_by"] = said_by
        elif said_by != "nobody":
            columns["said_by"] = source if said_by == "source" else target
        else:
            columns["said_by"] = np.zeros(len(source), np.uint32)
        columns["path"] = np.full(len(source), paths[0], np.uint32) if path is None else path
        self._connection.register("given", columns)

    def _append(self, kind: str, table: str) -> None:
        self.touched.add(kind)
        self._connection.execute(
            f"INSERT INTO edge SELECT {self._kind(kind)}::USMALLINT, source, target, said_by, path,"
            f" {self._number}::UINTEGER, {OPEN}::UINTEGER FROM {table}"
        )

    def _merge(self, edges: EdgeColumns) -> None:
        held = f"kind = {self._kind(edges.kind)} AND valid_to = {OPEN}"
        self._register(edges)
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE new_edge AS FROM given"
            f" ANTI JOIN (FROM edge WHERE {held}) held USING (source, target, said_by, path)"
        )
        same = " AND ".join(f"edge.{name} = gone.{name}" for name in ("source", "target", "said_by", "path"))
        closed = schema.number(
            self._connection,
            f"UPDATE edge SET valid_to = {self._number} FROM (SELECT source, target, said_by, path FROM edge"
            f" WHERE {held} EXCEPT SELECT source, target, said_by, path FROM given) gone WHERE {held} AND {same}",
        )
        self._connection.unregister("given")
        if closed:
            self.touched.add(edges.kind)
        if schema.number(self._connection, "SELECT count(*) FROM new_edge"):
            self._append(edges.kind, "new_edge")
        self._connection.execute("DROP TABLE new_edge")


def encode_path(path: Path) -> str:
    """A path as JSON text."""
    return msgspec.json.encode([clean(part) if isinstance(part, str) else part for part in path]).decode()


def decode_path(text: str) -> Path:
    """The path that `encode_path` was given."""
    return tuple(msgspec.json.decode(text, type=tuple[str | int, ...]))
