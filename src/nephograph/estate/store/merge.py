# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""Resources of a new snapshot against those that hold: only what differs becomes rows.

Contents are compared as texts, by the database, never as hashes of them: two that differ are never taken for one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import astuple

from nephograph.catalog import registry
from nephograph.estate.store import schema, types
from nephograph.estate.store.contents import Record
from nephograph.estate.store.schema import OPEN
from nephograph.estate.store.steps import step
from nephograph.model.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import numpy as np

BATCH = 40_960
"""Resources that are merged at once."""

ROW_GROUP = 122_880
"""Resources that are committed at once: DuckDB compresses and writes whole row groups, and keeps smaller ones."""

_SAYS = ("arn", "doubt", "unknown", "meaning", "config")
"""With the frame's kind, type, class and scope: what a resource says. Equal in all of these, it has not changed."""

_STANDS = ("address", "label", "aside", "existence", "also", "documents_aside", "documents")
"""What else is in a row: where that is said, and how exactly."""

_FRAME = ("kind", "native", "cls", "provider", "account", "region", "root", "said")
_CORE = 6
"""So many parts of the frame are what a resource says; its root and the way it is said are not."""

_PARTS = {"says": _SAYS, "stands": _STANDS, "placed": ("origins",)}
_COLUMN = {"origins": "data"}

Columns = dict[str, tuple[Any, ...]]
"""A batch by the names of `Record`'s fields."""


class Counts(msgspec.Struct):
    """What a merge did, in resources. `moved` kept what they say; where it is written changed."""

    resources: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0


class _Found(msgspec.Struct):
    """A batch against what holds, a flag (and a number) for each resource of it.

    Whether there was one (`known`), whether it says the same, stands the same, has the same places; and the number of
    the snapshot that first said this of it.
    """

    known: np.ndarray
    says: np.ndarray
    stands: np.ndarray
    placed: np.ndarray
    content: np.ndarray


class Merge:
    """Merges the resources of snapshot `number` into the tables."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int) -> None:
        self._connection = connection
        self._number = number
        self.counts = Counts()
        rows = connection.execute("SELECT * FROM frame ORDER BY id").fetchall()
        self._frames: dict[tuple[str, ...], int] = {row[1:]: row[0] for row in rows}
        self._new_frames: list[tuple[Any, ...]] = []
        self._entities = schema.number(connection, "SELECT coalesce(max(id), 0) FROM entity")
        self._before = self._entities
        self._fresh = self._entities == 0
        self._holds = self._load_holds()
        self._seen = self._flags()
        self._replaced: dict[str, list[np.ndarray]] = {"resource": [], "origin": []}
        self._positions: list[np.ndarray] = []
        self._typed: set[str] = set()
        self._uncommitted = 0

    def _flags(self) -> np.ndarray:
        import numpy as np

        return np.zeros(self._entities + 1, bool)

    def _load_holds(self) -> np.ndarray:
        """Flags by entity id: whether a row holds."""
        holds = self._flags()
        if not self._fresh:
            rows = self._connection.execute(f"SELECT entity FROM resource WHERE valid_to = {OPEN}").fetchnumpy()
            holds[rows["entity"]] = True
        return holds

    def add(self, records: Iterable[Record]) -> None:
        """Merge resources, in batches."""
        # Nothing in here makes cycles; looking for them among a million rows would take a third of the time.
        collecting = gc.isenabled()
        gc.disable()
        self._connection.execute("BEGIN")
        try:
            batch: list[Record] = []
            for record in records:
                batch.append(record)
                if len(batch) >= BATCH:
                    self._merge(batch)
                    batch = []
            if batch:
                self._merge(batch)
            self._connection.execute("COMMIT")
        finally:
            if collecting:
                gc.enable()

    def ids(self, others: Iterable[str]) -> np.ndarray:
        """Entity ids by position: the resources in the order they were added, then the `others`."""
        import numpy as np

        named = list(others)
        ends = [self._identify(named, others=True)] if named else []
        found = [*self._positions, *ends]
        return np.concatenate(found) if found else np.zeros(0, np.uint32)

    def _identify(self, urns: Sequence[str], others: bool = False) -> np.ndarray:
        """The ids of urns; those never met before become entities."""
        import numpy as np

        given = np.array(urns, dtype=object)
        if self._fresh and not others:
            ids = np.zeros(len(urns), np.uint32)
        else:
            rows = self._ask(
                {"urn": given, "place": np.arange(len(urns), dtype=np.uint32)},
                "SELECT place, id FROM given JOIN entity USING (urn)",
            )
            ids = np.zeros(len(urns), np.uint32)
            ids[rows["place"]] = rows["id"]
        new = np.flatnonzero(ids == 0)
        if new.size:
            ids[new] = np.arange(self._entities + 1, self._entities + 1 + new.size, dtype=np.uint32)
            self._entities += int(new.size)
            self._insert("entity", {"id": ids[new], "urn": given[new]})
            none = np.zeros(new.size, bool)
            self._holds, self._seen = np.concatenate([self._holds, none]), np.concatenate([self._seen, none])
        return ids

    def _insert(self, table: str, columns: dict[str, np.ndarray], select: str = "*") -> None:
        self._connection.register("given", columns)
        self._connection.execute(f"INSERT INTO {table} SELECT {select} FROM given")
        self._connection.unregister("given")

    def _ask(self, columns: dict[str, np.ndarray], sql: str) -> dict[str, np.ndarray]:
        """What a query over these columns, as the table `given`, finds."""
        self._connection.register("given", columns)
        found: dict[str, np.ndarray] = self._connection.execute(sql).fetchnumpy()
        self._connection.unregister("given")
        return found

    def _merge(self, batch: list[Record]) -> None:
        import numpy as np

        step("batch")
        columns = dict(zip(Record.__struct_fields__, zip(*map(astuple, batch), strict=True), strict=True))
        ids = self._identify(columns["urn"])
        if self._seen[ids].any() or np.unique(ids).size != ids.size:
            names, counts = np.unique(ids, return_counts=True)
            met = {*ids[self._seen[ids]].tolist(), *names[counts > 1].tolist()}
            raise _twice(next(r.urn for r, entity in zip(batch, ids.tolist(), strict=True) if entity in met))
        self._seen[ids] = True
        self._positions.append(ids)
        self.counts.resources += len(batch)
        frames = self._framed(columns)
        texts = _texts(columns)
        step("compare")
        found = self._compared(ids, frames, texts)
        self.counts.added += int((~found.known).sum())
        self.counts.changed += int((found.known & ~found.says).sum())
        self.counts.moved += int((found.known & found.says & ~found.stands).sum())
        self._holds[ids] = True
        step("insert")
        new = ~(found.says & found.stands)
        self._replaced["resource"].append(ids[new & found.known])
        self._replaced["origin"].append(ids[~found.placed & found.known])
        self._write_resources(np.flatnonzero(new), ids, frames, found.content, texts)
        self._write_origins(np.flatnonzero(~found.placed), ids, texts["origins"])
        self._uncommitted += len(batch)
        if self._uncommitted >= ROW_GROUP:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
            self._uncommitted = 0

    def _framed(self, columns: Columns) -> np.ndarray:
        """The frame of each resource of a batch."""
        import numpy as np

        keys = list(zip(*(columns[name] for name in _FRAME), strict=True))
        for key in dict.fromkeys(keys):
            if key not in self._frames:
                self._frames[key] = len(self._frames) + 1
                self._new_frames.append((self._frames[key], *key))
        return np.fromiter(map(self._frames.__getitem__, keys), np.uint32, len(keys))

    def _compared(self, ids: np.ndarray, frames: np.ndarray, texts: dict[str, np.ndarray]) -> _Found:
        """A batch against the rows that hold."""
        import numpy as np

        size = len(ids)
        found = _Found(
            known=np.zeros(size, bool),
            says=np.zeros(size, bool),
            stands=np.zeros(size, bool),
            placed=np.zeros(size, bool),
            content=np.full(size, self._number, np.uint32),
        )
        old = np.flatnonzero(ids <= self._before)
        if not old.size:
            return found
        same = {part: " AND ".join(_same(name, texts) for name in names) for part, names in _PARTS.items()}
        cores = self._cores()
        near = f"BETWEEN {ids[old].min()} AND {ids[old].max()}"
        given = {"id": ids, "place": np.arange(len(ids), dtype=np.uint32), **texts}
        rows = self._ask(
            given,
            f"SELECT place, frame, content, {same['says']} AS says, {same['stands']} AS stands FROM given"
            f" JOIN resource held ON entity = given.id WHERE valid_to = {OPEN} AND entity {near}",
        )
        at = rows["place"]
        core = cores[rows["frame"]] == cores[frames[at]]
        found.known[at] = True
        found.says[at] = core & rows["says"]
        found.stands[at] = (rows["frame"] == frames[at]) & rows["stands"]
        found.content[at[found.says[at]]] = rows["content"][found.says[at]]
        rows = self._ask(
            given,
            f"SELECT place, {same['placed']} AS placed FROM given JOIN origin held ON entity = given.id"
            f" WHERE valid_to = {OPEN} AND entity {near}",
        )
        found.placed[rows["place"]] = rows["placed"]
        self._said_before(old[~found.says[old]], ids, frames, texts, found.content)
        return found

    def _said_before(
        self, at: np.ndarray, ids: np.ndarray, frames: np.ndarray, texts: dict[str, np.ndarray], content: np.ndarray
    ) -> None:
        """What says now what it said once has the `content` of then."""
        import numpy as np

        if not at.size:
            return
        same = " AND ".join(_same(name, texts) for name in _SAYS)
        chosen = {name: column[at] for name, column in texts.items() if name in _SAYS}
        rows = self._ask(
            {"id": ids[at], "place": at.astype(np.uint32), **chosen},
            f"SELECT place, frame, content FROM given JOIN resource held ON entity = given.id WHERE {same}"
            f" AND entity BETWEEN {ids[at].min()} AND {ids[at].max()} ORDER BY valid_from",
        )
        cores = self._cores()
        once = cores[rows["frame"]] == cores[frames[rows["place"]]]
        content[rows["place"][once]] = rows["content"][once]

    def _cores(self) -> np.ndarray:
        """By frame id: equal numbers for frames that say the same (they differ in root or the way of saying)."""
        import numpy as np

        known: dict[tuple[str, ...], int] = {}
        return np.array([0, *(known.setdefault(key[:_CORE], len(known)) for key in self._frames)], np.uint32)

    def _write_resources(
        self,
        at: np.ndarray,
        ids: np.ndarray,
        frames: np.ndarray,
        content: np.ndarray,
        texts: dict[str, np.ndarray],
    ) -> None:
        """New rows for the resources at these positions of a batch."""
        import numpy as np

        if not at.size:
            return
        names = (*_SAYS, *_STANDS)
        columns = {"entity": ids[at], "frame": frames[at], "content": content[at]}
        columns |= {name: texts[name][at] for name in names if name in texts}
        rest = ", ".join(name if name in texts else f"'' AS {name}" for name in names)
        self._insert(
            "resource BY NAME", columns,
            f"entity, {self._number}::UINTEGER AS valid_from, {OPEN}::UINTEGER AS valid_to, frame, content, {rest}",
        )  # fmt: skip
        known = list(self._frames)
        met = {known[frame - 1][:2] for frame in np.unique(frames[at]).tolist()}
        self._typed.update(kind for kind, native in met if kind != native)

    def _write_typed(self, kind: str) -> None:
        """The new rows of a kind in typed columns, read from the configs just written."""
        fields = registry.kind(kind).fields
        table, shape = f"typed.{types.quoted(kind)}", types.literal(types.signature(fields))
        self._connection.execute(
            f"CREATE TABLE IF NOT EXISTS {table}"
            f" (entity UINTEGER, valid_from UINTEGER, valid_to UINTEGER, frame UINTEGER, config {types.struct(fields)})"
        )
        self._connection.execute(
            "INSERT INTO kind SELECT $1, $2 WHERE NOT EXISTS (FROM kind WHERE name = $1)",
            [kind, types.signature(fields)],
        )
        self._connection.execute(
            f"INSERT INTO {table} SELECT entity, valid_from, valid_to, frame, from_json(config, {shape}) FROM resource"
            f" WHERE valid_from = {self._number} AND frame IN (SELECT id FROM frame WHERE {schema.of_kind(kind)})"
        )

    def _write_origins(self, at: np.ndarray, ids: np.ndarray, origins: np.ndarray) -> None:
        if at.size:
            columns = {"entity": ids[at], "data": origins[at]}
            self._insert("origin", columns, f"entity, {self._number}::UINTEGER, {OPEN}::UINTEGER, data")

    def finish(self) -> None:
        """Close the rows that were replaced, and those of resources that are gone."""
        import numpy as np

        step("close")
        if self._fresh:
            twice = schema.first(self._connection, "SELECT urn FROM entity GROUP BY urn HAVING count(*) > 1")
            if twice is not None:
                raise _twice(twice[0])
        if self._new_frames:
            columns = {
                name: np.array([row[at] for row in self._new_frames], dtype=object) for at, name in enumerate(_FRAME, 1)
            }
            self._insert("frame", {"id": np.array([row[0] for row in self._new_frames], np.uint32), **columns})
        for kind in sorted(self._typed.intersection(registry.kind_names())):
            if registry.kind(kind).fields:
                step("typed")
                self._write_typed(kind)
        gone = np.flatnonzero(self._holds & ~self._seen).astype(np.uint32)
        self.counts.removed = int(gone.size)
        closing = {table: np.concatenate([*found, gone]) if found else gone for table, found in self._replaced.items()}
        typed = [row[0] for row in self._connection.execute("SELECT name FROM kind ORDER BY name").fetchall()]
        tables = [(table, table) for table in closing] + [(f"typed.{types.quoted(kind)}", "resource") for kind in typed]
        for table, by in tables:
            if not closing[by].size:
                continue
            self._connection.register("given", {"id": closing[by]})
            self._connection.execute(
                f"UPDATE {table} SET valid_to = {self._number} WHERE valid_to = {OPEN}"
                f" AND valid_from < {self._number} AND entity IN (SELECT id FROM given)"
            )
            self._connection.unregister("given")


def _texts(columns: Columns) -> dict[str, np.ndarray]:
    """The texts of a batch as arrays. What no resource of it has (most have no doubts) is left out."""
    import numpy as np

    found = {}
    for name in (*_SAYS, *_STANDS, "origins"):
        texts = columns[name]
        if name == "unknown":
            texts = tuple(_encoded(unknown) for unknown in texts) if any(texts) else ()
        if any(texts) or name == "origins":
            found[name] = np.array(texts, dtype=object)
    return found


def _same(name: str, texts: dict[str, np.ndarray]) -> str:
    """The SQL condition that a column of the batch is what a row holds."""
    given = f"given.{name}" if name in texts else "''"
    return f"held.{_COLUMN.get(name, name)} = {given}"


def _encoded(unknown: tuple[tuple[str, str], ...]) -> str:
    if not unknown:
        return ""
    return msgspec.json.encode([{"path": path, "reason": reason} for path, reason in unknown]).decode()


def _twice(urn: str) -> UsageError:
    return UsageError(
        "duplicate-urn",
        f"{urn} names two resources of one estate",
        "this is a fault of nephograph, which has to tell them apart: please report it with the sources",
    )
