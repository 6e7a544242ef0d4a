# ruff: noqa: S608 - the statements are made of the catalog's names and of numbers, quoted
"""The views people query, over one snapshot: made for one connection, gone with it.

    resource        every resource: the common columns, its kind and class, the config as JSON
    <kind>          aws_s3_bucket …: the common columns and each field of the kind in a typed column
    <class>         object_storage …: every kind of a class, with the fields of any of them
    edge            source, kind, target (urns), the field that said it and the resource that did
    document        the raw documents, as JSON
    unlinked        references that lead to nothing known
    gap, problem    what was not evaluated, what could not be read, when the snapshot was taken
    snapshot        one row a load
    history         every version of every resource, in all snapshots

Times are UTC. A field that has the name of a common column stands as `config_<name>`. An unknown value is NULL, and
`unknown` lists which are, and why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nephograph.catalog import registry
from nephograph.estate.store import schema, types

if TYPE_CHECKING:
    import duckdb

    from nephograph.catalog.language import Kind

DATA = "estate"
"""The name the generation's database is attached by."""

_COMMON = {
    "urn": "entity.urn",
    "kind": "frame.kind",
    "native": "frame.native",
    "class": "frame.cls",
    "provider": "frame.provider",
    "account": "frame.account",
    "region": "frame.region",
    "label": "resource.label",
    "arn": "nullif(resource.arn, '')",
    "address": "resource.address",
    "root": "frame.root",
    "said": "frame.said",
    "existence": "CASE resource.doubt WHEN '' THEN 'certain' ELSE resource.doubt END",
    "unknown": "CASE resource.unknown WHEN '' THEN [] ELSE from_json(resource.unknown,"
    """ '[{"path":"VARCHAR","reason":"VARCHAR"}]') END""",
}

_SPAN = '"span":{"file":"VARCHAR","line":"BIGINT"}'
_GAPS = f'[{{"kind":"VARCHAR","subject":"VARCHAR","why":"VARCHAR","count":"BIGINT",{_SPAN}}}]'
_PROBLEMS = f'[{{"code":"VARCHAR","message":"VARCHAR","help":"VARCHAR",{_SPAN}}}]'


_PLAIN = {"VARCHAR", "BOOLEAN", "DOUBLE"}


def create(connection: duckdb.DuckDBPyConnection, snapshot: int) -> None:
    """Make every view, over one snapshot, of the generation attached as `estate`."""
    made = dict(connection.execute(f"SELECT name, signature FROM {DATA}.main.kind").fetchall())
    there = f"SELECT DISTINCT kind, '' FROM {DATA}.main.frame WHERE native <> kind"
    made = {**dict(connection.execute(there).fetchall()), **made}
    for name, select in (*_general(snapshot), *_kinds(snapshot, made)):
        connection.execute(f"CREATE TEMP VIEW {types.quoted(name)} AS {select}")


def _general(snapshot: int) -> Iterator[tuple[str, str]]:
    main = f"{DATA}.main"
    common = ", ".join(f"{value} AS {types.quoted(name)}" for name, value in _COMMON.items())
    joined = (
        f"FROM {main}.resource JOIN {main}.entity ON entity.id = resource.entity"
        f" JOIN {main}.frame ON frame.id = resource.frame"
    )
    yield "resource", f"SELECT {common}, resource.config::JSON AS config {joined} WHERE {schema.holds(snapshot)}"
    yield (
        "edge",
        "SELECT a.urn AS source, edge_kind.name AS kind, b.urn AS target, path.field AS field, s.urn AS said_by"
        f" FROM {main}.edge JOIN {main}.edge_kind ON edge_kind.id = edge.kind"
        f" JOIN {main}.entity a ON a.id = edge.source JOIN {main}.entity b ON b.id = edge.target"
        f" LEFT JOIN {main}.entity s ON s.id = edge.said_by JOIN {main}.path ON path.id = edge.path"
        f" WHERE {schema.holds(snapshot, 'edge')}",
    )
    yield (
        "document",
        "SELECT urn, it.dialect, it.type, coalesce(it.root, root) AS root, coalesce(it.address, address) AS address,"
        " it.attributes FROM (SELECT urn, frame.root, resource.address, unnest(from_json(documents,"
        ' \'[{"dialect":"VARCHAR","type":"VARCHAR","root":"VARCHAR","address":"VARCHAR","attributes":"JSON"}]\')) AS it'
        f" {joined} WHERE {schema.holds(snapshot)} AND documents <> '')",
    )
    yield (
        "unlinked",
        f"SELECT urn, field, why FROM {main}.unlinked JOIN {main}.entity ON id = entity WHERE {schema.holds(snapshot)}",
    )
    for name, path, shape, columns in (
        ("gap", "$.about.coverage.not_evaluated", _GAPS, "kind, it.subject, it.why, it.count"),
        ("problem", "$.about.problems", _PROBLEMS, "code, it.message, it.help"),
    ):
        yield (
            name,
            f"SELECT it.{columns}, it.span.file AS file, it.span.line AS line FROM (SELECT unnest(from_json("
            f"json_extract(record, '{path}'), '{shape}')) AS it FROM {main}.snapshot WHERE number = {snapshot})",
        )
    yield (
        "snapshot",
        "SELECT number, TRY_CAST(taken AS TIMESTAMP) AS taken, digest, resources, edges, added, removed, changed,"
        " from_json(json_extract(record, '$.about.sources'), '[\"VARCHAR\"]') AS sources"
        f" FROM {main}.snapshot ORDER BY number",
    )
    yield (
        "history",
        f"SELECT urn, frame.kind, valid_from, CASE valid_to WHEN {schema.OPEN} THEN NULL ELSE valid_to END AS valid_to,"
        " TRY_CAST(a.taken AS TIMESTAMP) AS taken_from, TRY_CAST(b.taken AS TIMESTAMP) AS taken_to,"
        " CASE WHEN lag(valid_to) OVER w IS DISTINCT FROM valid_from THEN 'added'"
        " WHEN lag(content) OVER w <> content THEN 'changed' ELSE 'moved' END AS what,"
        f" resource.address, resource.config::JSON AS config {joined}"
        f" JOIN {main}.snapshot a ON a.number = valid_from LEFT JOIN {main}.snapshot b ON b.number = valid_to"
        " WINDOW w AS (PARTITION BY entity ORDER BY valid_from)",
    )


def _kinds(snapshot: int, made: dict[str, str]) -> Iterator[tuple[str, str]]:
    """One view a kind of the catalog, with or without resources, and one a class."""
    classes: dict[str, list[Kind]] = defaultdict(list)
    for name in registry.kind_names():
        kind = registry.kind(name)
        classes[str(kind.cls)].append(kind)
        columns = ", ".join((*_columns(), *_fields(kind)))
        yield name, f"SELECT {columns} {_from(kind, snapshot, made)}"
    for cls, kinds in sorted(classes.items()):
        if cls not in registry.kind_names():
            yield cls, " UNION ALL BY NAME ".join(_of_class(kinds, snapshot, made))


def _columns() -> Iterator[str]:
    return (f"{value} AS {types.quoted(name)}" for name, value in _COMMON.items())


def _fields(kind: Kind, agreed: Mapping[str, str] | None = None) -> Iterator[str]:
    """The fields of a kind; with `agreed`, those of them, in those types."""
    for name, field in sorted(kind.fields.items()):
        if agreed is None or name in agreed:
            shown = f"config_{name}" if name in _COMMON else name
            cast = "" if agreed is None or agreed[name] == types.column(field) else f"::{agreed[name]}"
            yield f"typed.config.{types.quoted(name)}{cast} AS {types.quoted(shown)}"


def _of_class(kinds: list[Kind], snapshot: int, made: dict[str, str]) -> Iterator[str]:
    """The kinds of a class. Where two type a field differently it is text; structures are left to the kinds' views."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in kinds:
        for name, field in kind.fields.items():
            found[name].add(types.column(field))
    agreed = {
        name: next(iter(its)) if len(its) == 1 else "VARCHAR"
        for name, its in found.items()
        if len(its) == 1 or its <= _PLAIN
    }
    for kind in kinds:
        yield f"SELECT {', '.join((*_columns(), *_fields(kind, agreed)))} {_from(kind, snapshot, made)}"


def _from(kind: Kind, snapshot: int, made: dict[str, str]) -> str:
    """The rows of a kind: its typed table, or (when its fields were others then) the stored config read anew."""
    main, signature = f"{DATA}.main", types.signature(kind.fields)
    rest = (
        f" JOIN {main}.resource ON resource.entity = typed.entity AND resource.valid_from = typed.valid_from"
        f" JOIN {main}.entity ON entity.id = typed.entity JOIN {main}.frame ON frame.id = typed.frame"
    )
    if made.get(kind.name) == signature:
        return f"FROM {DATA}.typed.{types.quoted(kind.name)} AS typed{rest} WHERE {schema.holds(snapshot, 'typed')}"
    shape = types.literal(signature)
    named = schema.of_kind(kind.name) if kind.name in made else "false"
    again = (
        f"SELECT entity, valid_from, valid_to, frame, from_json(config, {shape}) AS config"
        f" FROM {main}.resource WHERE frame IN (SELECT id FROM {main}.frame WHERE {named})"
    )
    return f"FROM ({again}) AS typed{rest} WHERE {schema.holds(snapshot, 'typed')}"
