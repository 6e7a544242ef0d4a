"""The tables of a generation. History is kept by rows that hold from one snapshot on, up to another.

A row holds in the snapshots `valid_from` <= n < `valid_to`; `OPEN` in `valid_to` means that it still holds. The places
where values were written move when code is reformatted, and nothing new is said, so they have rows of their own.

    entity    id ↔ urn, for ever (also for ends of edges that are no resources)
    frame     what many resources share: kind, native type, class, scope, root, the way it was said
    resource  one version of one entity; `content` is the number of the snapshot in which the entity first said what
              it says here: versions of one entity with equal numbers say the same
    typed.k   the fields of the resources of kind k in typed columns; `kind` remembers the types they were made with
    origin    the places of values, as text
    edge      source, target and said_by are entity ids (0: nobody); `path` the field that said it
    snapshot  one row a load, with everything beside the graph in `record`
    text      masked texts of files, each content once
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.estate.store import types

if TYPE_CHECKING:
    import duckdb

OPEN = 4294967295
"""`valid_to` of a row that still holds."""

SCHEMA = """
CREATE TABLE entity (id UINTEGER, urn VARCHAR);
CREATE TABLE frame (
    id UINTEGER, kind VARCHAR, native VARCHAR, cls VARCHAR, provider VARCHAR, account VARCHAR, region VARCHAR,
    root VARCHAR, said VARCHAR
);
CREATE TABLE resource (
    entity UINTEGER, valid_from UINTEGER, valid_to UINTEGER, frame UINTEGER, content UINTEGER,
    address VARCHAR USING COMPRESSION zstd, arn VARCHAR USING COMPRESSION zstd, label VARCHAR USING COMPRESSION zstd,
    existence VARCHAR, doubt VARCHAR, config VARCHAR USING COMPRESSION zstd, aside VARCHAR, unknown VARCHAR,
    also VARCHAR, meaning VARCHAR, documents VARCHAR USING COMPRESSION zstd, documents_aside VARCHAR
);
CREATE TABLE origin (
    entity UINTEGER, valid_from UINTEGER, valid_to UINTEGER, data VARCHAR USING COMPRESSION zstd
);
CREATE TABLE edge_kind (id USMALLINT, name VARCHAR);
CREATE TABLE path (id UINTEGER, path VARCHAR, field VARCHAR);
CREATE TABLE edge (
    kind USMALLINT, source UINTEGER, target UINTEGER, said_by UINTEGER, path UINTEGER,
    valid_from UINTEGER, valid_to UINTEGER
);
CREATE TABLE unlinked (
    entity UINTEGER, field VARCHAR, why VARCHAR, place UINTEGER, valid_from UINTEGER, valid_to UINTEGER
);
CREATE TABLE snapshot (
    number UINTEGER, taken VARCHAR, digest VARCHAR, resources UBIGINT, edges UBIGINT, added UBIGINT, removed UBIGINT,
    changed UBIGINT, record VARCHAR USING COMPRESSION zstd
);
CREATE TABLE text (hash VARCHAR, content VARCHAR USING COMPRESSION zstd);
CREATE TABLE kind (name VARCHAR, signature VARCHAR);
CREATE SCHEMA typed;
"""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of an empty generation."""
    connection.execute(SCHEMA)


def first(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None) -> tuple[Any, ...] | None:
    """The first row of a short result, None when there is none. (DuckDB wants every result read to its end.)"""
    return next(iter(connection.execute(sql, values or []).fetchall()), None)


def number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one number a statement yields."""
    ((found,),) = connection.execute(sql).fetchall()
    return int(found)


def of_kind(kind: str) -> str:
    """The SQL condition that a frame is of a kind of the catalog, and not of a type of that name that it does not know.

    What the catalog does not know has its type for its kind; the class does not tell, for kinds are `generic`, too.
    """
    return f"kind = {types.literal(kind)} AND native <> kind"


def holds(snapshot: int, table: str = "") -> str:
    """The SQL condition that a row holds in a snapshot."""
    prefix = f"{table}." if table else ""
    return f"{prefix}valid_from <= {snapshot:d} AND {prefix}valid_to > {snapshot:d}"
