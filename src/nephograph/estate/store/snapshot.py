# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""One snapshot into the tables of an open generation."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.estate.store import schema
from nephograph.estate.store.contents import About, Contents
from nephograph.estate.store.edges import EdgeMerge
from nephograph.estate.store.lossless import clean
from nephograph.estate.store.merge import Counts, Merge

if TYPE_CHECKING:
    import duckdb


class SnapshotInfo(msgspec.Struct, frozen=True):
    """What one load wrote: the snapshot's number, the generation it is in, and what differs from the one before.

    `moved` resources say the same at another place (another file, module or address).
    """

    number: int
    generation: int
    taken: str
    digest: str
    resources: int
    edges: int
    added: int
    removed: int
    changed: int
    moved: int


class Recorded(msgspec.Struct):
    """`snapshot.record`: what the snapshot holds beside its graph; `files` leads to the table `text`."""

    about: About
    files: dict[str, str] = {}


def add(connection: duckdb.DuckDBPyConnection, generation: int, contents: Contents) -> tuple[SnapshotInfo, set[str]]:
    """Add the contents as the next snapshot. Returns what it did, and the kinds of edges that differ."""
    number = schema.number(connection, "SELECT coalesce(max(number), 0) + 1 FROM snapshot")
    merge = Merge(connection, number)
    merge.add(contents.resources)
    ids = merge.ids(contents.others)
    merge.finish()
    edges = EdgeMerge(connection, number, ids)
    edges.merge(contents.edges)
    _unlinked(connection, number, contents)
    about, counts = contents.about, merge.counts
    _remember(connection, number, about, counts, edges.total, _texts(connection, contents))
    info = SnapshotInfo(
        number=number,
        generation=generation,
        taken=about.taken,
        digest=about.digest,
        resources=counts.resources,
        edges=edges.total,
        added=counts.added,
        removed=counts.removed,
        changed=counts.changed,
        moved=counts.moved,
    )
    return info, edges.touched


def _remember(
    connection: duckdb.DuckDBPyConnection, number: int, about: About, counts: Counts, edges: int, files: dict[str, str]
) -> None:
    recorded = Recorded(about, files)
    try:
        text = msgspec.json.encode(recorded).decode()
    except UnicodeEncodeError:
        text = msgspec.json.encode(_cleaned(msgspec.to_builtins(recorded))).decode()
    connection.execute(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number, about.taken, about.digest, counts.resources, edges, counts.added, counts.removed, counts.changed,
            text,
        ],
    )  # fmt: skip


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): _cleaned(child) for name, child in value.items()}
    return [_cleaned(child) for child in value] if isinstance(value, list | tuple) else value


def _unlinked(connection: duckdb.DuckDBPyConnection, number: int, contents: Contents) -> None:
    """References that lead nowhere: they hold and end as edges do."""
    rows = [
        (clean(urn), clean(field), clean(why), place)
        for urn, found in contents.unlinked.items()
        for place, (field, why) in enumerate(found)
    ]
    connection.execute("CREATE TEMP TABLE given_unlinked (urn VARCHAR, field VARCHAR, why VARCHAR, place UINTEGER)")
    if rows:
        import numpy as np

        texts = {
            name: np.array([row[at] for row in rows], dtype=object) for at, name in enumerate(("urn", "field", "why"))
        }
        connection.register("given", {**texts, "place": np.array([row[3] for row in rows], np.uint32)})
        connection.execute("INSERT INTO given_unlinked FROM given")
        connection.unregister("given")
    connection.execute(
        "CREATE TEMP TABLE now_unlinked AS SELECT id AS entity, field, why, place"
        " FROM given_unlinked JOIN entity USING (urn)"
    )
    row = "entity, field, why, place"
    connection.execute(
        f"UPDATE unlinked SET valid_to = {number} WHERE valid_to = {schema.OPEN}"
        f" AND ({row}) NOT IN (SELECT ({row}) FROM now_unlinked)"
    )
    connection.execute(
        f"INSERT INTO unlinked SELECT {row}, {number}, {schema.OPEN} FROM now_unlinked WHERE ({row}) NOT IN"
        f" (SELECT ({row}) FROM unlinked WHERE valid_to = {schema.OPEN})"
    )
    connection.execute("DROP TABLE given_unlinked")
    connection.execute("DROP TABLE now_unlinked")


def _texts(connection: duckdb.DuckDBPyConnection, contents: Contents) -> dict[str, str]:
    """Keep every text once. Returns the key of each file's text."""
    known = {row[0] for row in connection.execute("SELECT hash FROM text").fetchall()}
    files = {}
    for file, text in contents.texts().items():
        content = clean(text)
        key = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
        files[file] = key
        if key not in known:
            known.add(key)
            connection.execute("INSERT INTO text VALUES (?, ?)", [key, content])
    return files
