"""What is done with a stored estate beside asking lenses: loading into it, listing, querying, exporting."""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Sequence
from typing import Any, Literal

from nephograph.estate.store.query import MEMORY, ROWS, SECONDS
from nephograph.estate.store.reader import Store
from nephograph.model.answer import Answer, Snapshot, Table, Text
from nephograph.model.source import LoadOptions, Progress
from nephograph.session.door import open_estate
from nephograph.session.stored import chosen, write


def load(paths: Sequence[str], into: pathlib.Path, options: LoadOptions, progress: Progress) -> Answer:
    """Read everything at the paths and keep it as the newest snapshot of the estate.

    Raises `NephError` as `open_estate` does, and when the estate cannot be written: it is then as it was.
    """
    session = open_estate(paths, options, progress)
    progress("writing the estate", 0, 0)
    info, found = write(session.opened, into, paths, datetime.datetime.now(datetime.UTC))
    context = session.context
    differs = [f"{count} {name}" for name in ("added", "removed", "changed", "moved") if (count := getattr(info, name))]
    said = ", ".join(differs) if differs else "nothing changed"
    several = [r for r in session.estate.resources.values() if r.also]
    linked = f" {len(several)} of them are said in more than one way." if several else ""
    return Answer(
        command="load",
        snapshot=Snapshot(info.digest, 0.0, str(into), info.number, info.taken),
        coverage=context.coverage,
        errors=(*found, *context.problems),
        assumptions=context.assumptions,
        blocks=(
            Text(
                f"Snapshot {info.number} of {into}: {info.resources} resources, {info.edges} edges; {said}.{linked}\n"
                f'Ask it with `neph check`, `neph show NAME`, `neph query "FROM resource"`, `neph diff latest~1`.'
            ),
        ),
        data={
            "loaded": {
                "resources": info.resources,
                "edges": info.edges,
                "added": info.added,
                "removed": info.removed,
                "changed": info.changed,
                "moved": info.moved,
                "linked": len(several),
            }
        },
    )


def snapshots(estate: pathlib.Path) -> Answer:
    """Every snapshot of the estate, newest first."""
    with Store.open(estate) as store:
        rows = store.snapshots()[::-1]
        table = tuple(
            (
                str(r.number),
                r.taken,
                r.digest,
                str(r.resources),
                str(r.edges),
                f"+{r.added} -{r.removed} ~{r.changed}",
                ", ".join(r.sources),
            )
            for r in rows
        )
        columns = ("snapshot", "taken", "digest", "resources", "edges", "changes", "sources")
        return Answer(
            command="snapshots", errors=store.problems, blocks=(Table(columns, table),), data={"snapshots": list(rows)}
        )


def query(
    estate: pathlib.Path,
    sql: str,
    as_of: str = "",
    limit_rows: int = ROWS,
    seconds: float = SECONDS,
    memory: str = MEMORY,
) -> Answer:
    """Ask a snapshot in SQL, read-only and within bounds. Raises `NephError` for what is refused or not understood."""
    now = datetime.datetime.now(datetime.UTC)
    with Store.open(estate) as store:
        row = chosen(store, as_of)
        found = store.query(sql, row.number, limit_rows, seconds, memory)
        taken = datetime.datetime.fromisoformat(row.taken)
        return Answer(
            command="query",
            snapshot=Snapshot(row.digest, max(0.0, (now - taken).total_seconds()), str(estate), row.number, row.taken),
            errors=store.problems,
            assumptions=(found.note,) if found.note else (),
            blocks=(Table(found.columns, tuple(tuple(_cell(value) for value in one) for one in found.rows)),),
            data={
                "columns": list(found.columns),
                "types": list(found.types),
                "rows": [[_datum(value) for value in one] for one in found.rows],
                "limited": found.limited,
            },
        )


def _cell(value: Any) -> str:
    """A value in a table for people."""
    import msgspec

    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return msgspec.json.encode(_datum(value), enc_hook=str).decode()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _datum(value: Any) -> Any:
    """A value as JSON can hold it: what JSON has no form for becomes its text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(name): _datum(child) for name, child in value.items()}
    return [_datum(child) for child in value] if isinstance(value, list | tuple) else str(value)


def export(estate: pathlib.Path, into: pathlib.Path, format: Literal["parquet", "json"], as_of: str = "") -> Answer:
    """Write a snapshot as files for other tools. Raises `NephError` when that cannot be done."""
    with Store.open(estate) as store:
        row = chosen(store, as_of)
        files = store.export(into, format, row.number)
        table = tuple((file.name, str(file.stat().st_size)) for file in files)
        return Answer(
            command="export",
            snapshot=Snapshot(row.digest, 0.0, str(estate), row.number, row.taken),
            errors=store.problems,
            blocks=(Table(("file", "bytes"), table, f"{len(files)} files in {into}"),),
            data={"files": [str(file) for file in files]},
        )
