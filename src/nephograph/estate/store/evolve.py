# ruff: noqa: S608 - the statements are made of the catalog's names, quoted
"""Typed tables follow the catalog: fields that a kind gained or changed are read anew from the stored configs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.catalog import registry
from nephograph.estate.store import types

if TYPE_CHECKING:
    import duckdb


def evolve(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the typed tables anew whose kind has other fields today than when they were made."""
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
        connection.execute("INSERT INTO kind VALUES (?, ?)", [kind, signature])
        connection.execute(
            f"CREATE TABLE {table} AS SELECT entity, valid_from, valid_to, frame,"
            f" from_json(config, {types.literal(signature)}) AS config"
            f" FROM resource JOIN frame ON frame.id = frame WHERE kind = {types.literal(kind)} AND cls <> 'generic'"
        )
