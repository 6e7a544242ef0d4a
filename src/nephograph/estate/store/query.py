"""Questions in SQL by people: read-only, without files or network, bounded in time, memory and rows.

Read-only alone is not enough: DuckDB would still write a file (`COPY … TO`) and read one (`read_text`). So a
connection for people has external access off, can load no extension, has its configuration locked, and takes one
statement that reads. https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from nephograph.estate.store import views
from nephograph.model.errors import ReadError, UsageError

if TYPE_CHECKING:
    import pathlib

    import duckdb

ROWS = 10_000
SECONDS = 30.0
MEMORY = "1GB"

_EXPLAIN = re.compile(r"\s*explain\b(\s*\([^)]*\))?(\s+analyze\b)?", re.IGNORECASE)


class Rows(msgspec.Struct, frozen=True):
    """What a query found: names and SQL types of the columns, and the rows.

    `limited` is set when there were more rows than `limit`; they were not fetched. Iterating gives the rows.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    limited: bool = False
    limit: int = ROWS
    seconds: float = 0.0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def note(self) -> str:
        """What has to be said beside the rows; "" when all were fetched."""
        return f"only the first {self.limit} rows are shown; there are more" if self.limited else ""


def connect(database: pathlib.Path, memory: str, threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A connection of its own to a generation, attached read-only as `estate`, that can reach nothing else.

    Raises duckdb.Error when the file is no whole database.
    """
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "threads": str(threads),
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
        },
    )
    try:
        name = str(database).replace("'", "''")
        connection.execute(f"ATTACH '{name}' AS {views.DATA} (READ_ONLY)")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET TimeZone = 'UTC'")
    except BaseException:
        connection.close()
        raise
    return connection


def lock(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing of the connection's configuration can be changed from here on."""
    connection.execute("SET lock_configuration = true")


def run(connection: duckdb.DuckDBPyConnection, sql: str, limit_rows: int = ROWS, seconds: float = SECONDS) -> Rows:
    """Ask one question.

    Raises `UsageError` when the statement is not one that reads, is not understood, or needs more time or memory.
    """
    import duckdb

    try:
        check(connection, sql)
        began = time.monotonic()
        timer = threading.Timer(seconds, connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            found = connection.execute(sql)
            rows = found.fetchmany(limit_rows + 1)
            described = found.description or []
            if len(rows) > limit_rows:
                found.abort()
        finally:
            timer.cancel()
            timer.join()
    except duckdb.InterruptException:
        raise UsageError(
            "query-time",
            f"the query took longer than {seconds:g} seconds and was stopped",
            "ask for less (a filter, LIMIT), or allow more time",
        ) from None
    except duckdb.OutOfMemoryException as error:
        raise UsageError(
            "query-memory", f"the query needs more memory than it may use: {_first(error)}", "ask for less"
        ) from None
    except duckdb.PermissionException as error:
        raise _refused(f"a query reads the estate and nothing else: {_first(error)}") from None
    except (duckdb.FatalException, duckdb.InternalException) as error:
        raise ReadError("query-failed", f"the database failed: {_first(error)}", "load the sources again") from error
    except duckdb.Error as error:
        if "pytz" in str(error):
            raise UsageError(
                "query-failed",
                "the result has a time with a time zone, which cannot be shown as it is",
                "cast it: now()::TIMESTAMP, or ::VARCHAR",
            ) from None
        raise UsageError(
            "query-failed", f"the query cannot be run: {error}".strip(), "`SHOW TABLES` lists what there is to ask"
        ) from None
    return Rows(
        columns=tuple(str(column[0]) for column in described),
        types=tuple(str(column[1]) for column in described),
        rows=tuple(rows[:limit_rows]),
        limited=len(rows) > limit_rows,
        limit=limit_rows,
        seconds=time.monotonic() - began,
    )


def check(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raises `UsageError` unless this is one statement that only reads; duckdb.Error when it is no SQL."""
    import duckdb

    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise _refused(f"one statement at a time; these are {len(statements)}")
    kind = statements[0].type
    if kind == duckdb.StatementType.EXPLAIN:
        inner = connection.extract_statements(_EXPLAIN.sub("", sql, count=1))
        kind = inner[0].type if len(inner) == 1 else kind
    # PIVOT is the one statement of several parts that reads; it makes a type of its own in memory.
    if kind == duckdb.StatementType.MULTI and re.search(r"\bpivot\b", sql, re.IGNORECASE):
        kind = duckdb.StatementType.SELECT
    if kind != duckdb.StatementType.SELECT:
        raise _refused(f"a query only reads, and {kind.name} does not")


def _refused(why: str) -> UsageError:
    return UsageError("query-refused", why, "ask with SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN")


def _first(error: Exception) -> str:
    return str(error).splitlines()[0]
