# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""Resources of a new snapshot against those that hold: only what differs becomes rows.

What holds is kept as arrays indexed by entity id (three hashes, 24 bytes an entity), so a batch is compared without
touching the tables.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec

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

_HELD = ("content", "hash", "origin")

_TEXTS = ("address", "arn", "label", "existence", "doubt", "config", "aside", "also", "documents", "documents_aside")


class Counts(msgspec.Struct):
    """What a merge did, in resources. `moved` kept what they say; where it is written changed."""

    resources: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0


class Merge:
    """Merges the resources of snapshot `number` into the tables. `key` is the secret that hashes are made with."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, number: int, key: bytes) -> None:
        self._connection = connection
        self._number = number
        self._key = key
        self.counts = Counts()
        rows = connection.execute("SELECT * FROM frame ORDER BY id").fetchall()
        self._frames = {tuple(row[1:]): (row[0], self._prefix(*row[1:])) for row in rows}
        self._new_frames: list[tuple[Any, ...]] = []
        self._entities = schema.number(connection, "SELECT coalesce(max(id), 0) FROM entity")
        self._fresh = self._entities == 0
        self._held = self._load_held()
        self._seen = self._array(bool)
        self._replaced: dict[str, list[np.ndarray]] = {"resource": [], "origin": []}
        self._positions: list[np.ndarray] = []
        self._typed: set[str] = set()
        self._uncommitted = 0

    def _array(self, dtype: Any) -> np.ndarray:
        import numpy as np

        return np.zeros(self._entities + 1, dtype=dtype)

    def _load_held(self) -> dict[str, np.ndarray]:
        """The hashes of the rows that hold; 0 where none does."""
        import numpy as np

        held = {name: self._array(np.uint64) for name in _HELD}
        if self._fresh:
            return held
        for table, columns in (("resource", ("content", "hash")), ("origin", ("hash",))):
            rows = self._connection.execute(
                f"SELECT entity, {', '.join(columns)} FROM {table} WHERE valid_to = {OPEN}"
            ).fetchnumpy()
            for column in columns:
                held[column if table == "resource" else table][rows["entity"]] = rows[column]
        return held

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

    def _identify(self, urns: list[str], others: bool = False) -> np.ndarray:
        """The ids of urns; those never met before become entities."""
        import numpy as np

        given = np.array(urns, dtype=object)
        if self._fresh and not others:
            ids = np.zeros(len(urns), np.uint32)
        else:
            self._connection.register("given", {"urn": given, "at": np.arange(len(urns), dtype=np.uint32)})
            rows = self._connection.execute(
                "SELECT given.at, entity.id FROM given JOIN entity USING (urn)"
            ).fetchnumpy()
            self._connection.unregister("given")
            ids = np.zeros(len(urns), np.uint32)
            ids[rows["at"]] = rows["id"]
        new = np.flatnonzero(ids == 0)
        if new.size:
            ids[new] = np.arange(self._entities + 1, self._entities + 1 + new.size, dtype=np.uint32)
            self._entities += int(new.size)
            self._insert("entity", {"id": ids[new], "urn": given[new]})
            for name in _HELD:
                self._held[name] = np.concatenate([self._held[name], np.zeros(new.size, np.uint64)])
            self._seen = np.concatenate([self._seen, np.zeros(new.size, bool)])
        return ids

    def _insert(self, table: str, columns: dict[str, np.ndarray], select: str = "*") -> None:
        self._connection.register("given", columns)
        try:
            self._connection.execute(f"INSERT INTO {table} SELECT {select} FROM given")
        finally:
            self._connection.unregister("given")

    def _merge(self, batch: list[Record]) -> None:
        import numpy as np

        step("batch")
        ids = self._identify([record.urn for record in batch])
        if self._seen[ids].any() or np.unique(ids).size != ids.size:
            names, counts = np.unique(ids, return_counts=True)
            met = {*ids[self._seen[ids]].tolist(), *names[counts > 1].tolist()}
            raise _twice(next(r.urn for r, entity in zip(batch, ids.tolist(), strict=True) if entity in met))
        self._seen[ids] = True
        self._positions.append(ids)
        self.counts.resources += len(batch)
        step("hash")
        frames, hashes = self._hashed(batch)
        new = {name: hashes[:, at] for at, name in enumerate(_HELD)}
        old = {name: self._held[name][ids] for name in _HELD}
        known = old["hash"] != 0
        same = old["content"] == new["content"]
        self.counts.added += int((~known).sum())
        self.counts.changed += int((known & ~same).sum())
        self.counts.moved += int((known & same & (old["hash"] != new["hash"])).sum())
        for name in _HELD:
            self._held[name][ids] = new[name]
        step("insert")
        self._write_resources(batch, ids, frames, new, known, old["hash"] != new["hash"])
        self._write_origins(batch, ids, new["origin"], old["origin"])
        self._uncommitted += len(batch)
        if self._uncommitted >= ROW_GROUP:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
            self._uncommitted = 0

    def _hashed(self, batch: list[Record]) -> tuple[np.ndarray, np.ndarray]:
        """The frame of each record, and its hashes in the order of `_HELD`; never 0."""
        import numpy as np

        frames: list[int] = []
        digests: list[bytes] = []
        for record in batch:
            frame, prefix = self._frame(record)
            frames.append(frame)
            # What most records have not is left out, so that they cost nothing.
            more = (
                f"{record.unknown}\0{record.doubt}\0{record.meaning}"
                if record.unknown or record.doubt
                else record.meaning
            )
            says = f"{record.arn}\0{more}\0{record.config}"
            content = blake2b(prefix + says.encode(), digest_size=8).digest()
            where = (
                f"{record.address}\0{record.label}\0{record.aside}\0{record.existence}\0{record.also}\0"
                f"{record.documents_aside}\0{record.documents}"
            )
            row = blake2b(self._key + content + b"%d" % frame + where.encode(), digest_size=8).digest()
            origin = blake2b(self._key + record.origins.encode(), digest_size=8).digest()
            digests += (content, row, origin)
        hashes = np.frombuffer(b"".join(digests), np.dtype("<u8")).astype(np.uint64).reshape(-1, 3)
        return np.array(frames, np.uint32), np.maximum(hashes, 1)

    def _prefix(self, *frame: str) -> bytes:
        """What starts the hash of the content: the key, and what of the frame is content (not the root).

        Keyed with a secret of this estate, so that nobody can write code whose hash is that of other code.
        """
        return self._key + "\0".join(frame[:6]).encode() + b"\0"

    def _frame(self, record: Record) -> tuple[int, bytes]:
        key = (
            record.kind, record.native, record.cls, record.provider, record.account, record.region,
            record.root, record.said,
        )  # fmt: skip
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = (len(self._frames) + 1, self._prefix(*key))
            self._new_frames.append((found[0], *key))
        return found

    def _write_resources(
        self,
        batch: list[Record],
        ids: np.ndarray,
        frames: np.ndarray,
        new: dict[str, np.ndarray],
        known: np.ndarray,
        differs: np.ndarray,
    ) -> None:
        import numpy as np

        if not differs.any():
            return
        self._replaced["resource"].append(ids[differs & known])
        at = np.flatnonzero(differs)
        rows = [batch[position] for position in at.tolist()]
        columns: dict[str, np.ndarray] = {
            "entity": ids[at],
            "frame": frames[at],
            "content": new["content"][at],
            "hash": new["hash"][at],
        }
        select = dict.fromkeys(_TEXTS, "''") | {"unknown": "[]"}
        # What no row of the batch has (most have neither doubts nor unknown values) is not carried over.
        for name in _TEXTS:
            texts = [getattr(record, name) for record in rows]
            if any(texts):
                columns[name] = np.array(texts, dtype=object)
                select[name] = name
        if any(record.unknown for record in rows):
            columns["unknown"] = np.array([_encoded(record.unknown) for record in rows], dtype=object)
            select["unknown"] = """from_json(unknown, '[{"path":"VARCHAR","reason":"VARCHAR"}]')"""
        rest = ", ".join(select.values())
        self._insert(
            "resource", columns, f"entity, {self._number}::UINTEGER, {OPEN}::UINTEGER, frame, content, hash, {rest}"
        )
        self._typed.update({record.kind for record in rows if record.cls != "generic"})

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
            f" WHERE valid_from = {self._number} AND frame IN (SELECT id FROM frame WHERE kind = {types.literal(kind)})"
        )

    def _write_origins(self, batch: list[Record], ids: np.ndarray, new: np.ndarray, old: np.ndarray) -> None:
        import numpy as np

        differs = new != old
        self._replaced["origin"].append(ids[differs & (old != 0)])
        at = np.flatnonzero(differs)
        if at.size:
            texts = np.array([batch[position].origins for position in at.tolist()], dtype=object)
            columns = {"entity": ids[at], "hash": new[at], "data": texts}
            self._insert("origin", columns, f"entity, {self._number}::UINTEGER, {OPEN}::UINTEGER, hash, data")

    def finish(self) -> None:
        """Close the rows that were replaced, and those of resources that are gone."""
        import numpy as np

        step("close")
        if self._fresh:
            twice = schema.first(self._connection, "SELECT urn FROM entity GROUP BY urn HAVING count(*) > 1")
            if twice is not None:
                raise _twice(twice[0])
        if self._new_frames:
            names = ("kind", "native", "cls", "provider", "account", "region", "root", "said")
            columns = {
                name: np.array([row[at] for row in self._new_frames], dtype=object) for at, name in enumerate(names, 1)
            }
            self._insert("frame", {"id": np.array([row[0] for row in self._new_frames], np.uint32), **columns})
        for kind in sorted(self._typed.intersection(registry.kind_names())):
            if registry.kind(kind).fields:
                step("typed")
                self._write_typed(kind)
        gone = np.flatnonzero((self._held["hash"] != 0) & ~self._seen).astype(np.uint32)
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


def _encoded(unknown: tuple[tuple[str, str], ...]) -> str:
    return msgspec.json.encode([{"path": path, "reason": reason} for path, reason in unknown]).decode()


def _twice(urn: str) -> UsageError:
    return UsageError(
        "duplicate-urn",
        f"{urn} names two resources of one estate",
        "this is a fault of nephograph, which has to tell them apart: please report it with the sources",
    )
