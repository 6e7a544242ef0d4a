# ruff: noqa: S608 - the statements are made of the catalog's names, quoted
"""Typed tables follow the catalog: fields that a kind gained or changed are read anew from the stored configs.

So are the kinds that have rows and no table yet: nobody typed them when they were written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.catalog import registry
from nephograph.estate.store import schema, types

if TYPE_CHECKING:
    import duckdb


def evolve(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the typed tables anew whose kind has other fields today than when they were made, and those that miss."""
    for kind, made in connection.execute("SELECT name, signature FROM kind").fetchall():
        fields = registry.kind(kind).fields if kind in registry.kind_names() else {}
        signature = types.signature(fields)
        if signature == made:
            continue
        table = f"typed.{types.quoted(kind)}"
        connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM kind WHERE name = ?", [kind])
        if not fields:
            continue
        _make(connection, kind, signature)
    missing = "SELECT DISTINCT kind FROM frame WHERE native <> kind AND kind NOT IN (SELECT name FROM kind) ORDER BY 1"
    for (kind,) in connection.execute(missing).fetchall():
        if kind in registry.kind_names():
            _make(connection, kind, types.signature(registry.kind(kind).fields))


def _make(connection: duckdb.DuckDBPyConnection, kind: str, signature: str) -> None:
    connection.execute("INSERT INTO kind VALUES (?, ?)", [kind, signature])
    connection.execute(
        f"CREATE TABLE typed.{types.quoted(kind)} AS SELECT entity, valid_from, valid_to, frame,"
        f" from_json(config, {types.literal(signature)}) AS config"
        f" FROM resource JOIN frame ON frame.id = frame WHERE {schema.of_kind(kind)}"
    )
