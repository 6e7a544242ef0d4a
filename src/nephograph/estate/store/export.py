"""A snapshot as files for other tools: Parquet (typed) or JSON lines, one file a view that has rows."""

from __future__ import annotations

import os
import pathlib
from typing import TYPE_CHECKING, Literal

from nephograph.catalog import registry
from nephograph.estate.store import folder, types, views
from nephograph.model.errors import UsageError

if TYPE_CHECKING:
    import duckdb

_ALWAYS = ("resource", "edge", "unlinked", "gap", "snapshot", "history")
_MEMORY = "1GB"


def export(
    database: pathlib.Path, target: pathlib.Path, format: Literal["parquet", "json"], snapshot: int
) -> list[pathlib.Path]:
    """Write `<view>.parquet` or `<view>.jsonl` into `target` (made when missing): the general views, and every kind
    that has resources. Returns the files. Raises `ReadError` when the disk refuses.
    """
    import duckdb

    if format not in ("parquet", "json"):
        raise UsageError("export-format", f"{format} is no format to export to", "choose parquet or json")
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": _MEMORY,
            "threads": str(min(4, os.cpu_count() or 1)),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    with folder.written(target):
        target.mkdir(parents=True, exist_ok=True)
        try:
            connection.execute(f"ATTACH {types.literal(str(database))} AS {views.DATA} (READ_ONLY)")
            connection.execute("SET TimeZone = 'UTC'")
            views.create(connection, snapshot)
            present = {row[0] for row in connection.execute("SELECT DISTINCT kind FROM resource").fetchall()}
            shown = (*_ALWAYS, *(kind for kind in registry.kind_names() if kind in present))
            return [_one(connection, view, target, format) for view in shown]
        finally:
            connection.close()


def _one(connection: duckdb.DuckDBPyConnection, view: str, target: pathlib.Path, format: str) -> pathlib.Path:
    path = target / f"{view}.{'parquet' if format == 'parquet' else 'jsonl'}"
    new = path.with_name(f".{path.name}.tmp")
    how = "FORMAT parquet, COMPRESSION zstd" if format == "parquet" else "FORMAT json"
    connection.execute(f"COPY (FROM {types.quoted(view)}) TO {types.literal(str(new))} ({how})")
    new.replace(path)
    return path
