"""SQL by people: it reads the estate, and nothing else, within bounds."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from nephograph.estate.store.reader import Store
from nephograph.model.errors import UsageError
from tests.estate.store import made
from tests.estate.store.estates import write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("query") / "estate.neph"
    write(path, made.contents(1))
    write(path, made.contents(2))
    with Store.open(path) as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM resource",
        "FROM resource SELECT urn ORDER BY urn",
        "WITH a AS (SELECT 1 AS x) SELECT x FROM a",
        "VALUES (1), (2)",
        "DESCRIBE resource",
        "SHOW TABLES",
        "SUMMARIZE resource",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE SELECT count(*) FROM resource",
        "PIVOT (SELECT kind, 1 AS n FROM resource) ON kind USING sum(n)",
        "-- a remark\nSELECT 1;",
        "(SELECT 1)",
    ],
)
def test_what_reads_is_answered(store: Store, sql: str) -> None:
    found = store.query(sql)
    assert found.columns
    assert len(found.types) == len(found.columns)
    assert len(found) >= 1


OUTSIDE = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM read_csv_auto('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')",
    "SELECT * FROM read_duckdb('{secret}')",
    "FROM '{secret}'",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_text('https://example.com/x')",
    "SELECT * FROM read_csv('s3://bucket/x')",
    "SELECT getenv('HOME')",
    "SELECT * FROM query('COPY resource TO ''{out}''')",
    "SELECT * FROM query_table('{secret}')",
    "SELECT * FROM read_text((SELECT '/etc/passwd'))",
    "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x",
    "EXPLAIN ANALYZE SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM os",
    "SELECT * FROM made",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_nothing_outside_is_read(store: Store, tmp_path: pathlib.Path, sql: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\nhidden,treasure\n")
    with pytest.raises(UsageError) as raised:
        store.query(sql.format(secret=secret, out=tmp_path / "out.csv"))
    problem = raised.value.problem
    assert problem.code in ("query-refused", "query-failed")
    assert problem.help
    assert "hidden" not in problem.message
    assert "root:" not in problem.message
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


REFUSED = [
    "COPY (SELECT 1) TO '{out}'",
    "COPY resource TO '{out}' (FORMAT parquet)",
    "COPY estate.main.entity FROM '{out}'",
    "EXPORT DATABASE '{out}'",
    "IMPORT DATABASE '{out}'",
    "ATTACH '{out}' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH estate",
    "USE estate",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{out}'",
    "SET threads = 9",
    "SET memory_limit = '100GB'",
    "SET enable_external_access = true",
    "SET VARIABLE x = 1",
    "RESET threads",
    "PRAGMA threads = 9",
    "PRAGMA enable_profiling",
    "CALL pragma_version()",
    "CREATE TABLE t (a INT)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE OR REPLACE TEMP VIEW resource AS SELECT 1",
    "CREATE MACRO f(x) AS x",
    "CREATE SECRET s (TYPE s3)",
    "CREATE TABLE estate.main.t (a INT)",
    "INSERT INTO estate.main.entity VALUES (1, 'x')",
    "UPDATE estate.main.entity SET urn = 'x'",
    "DELETE FROM estate.main.entity",
    "TRUNCATE estate.main.entity",
    "DROP TABLE estate.main.entity",
    "ALTER TABLE estate.main.entity ADD COLUMN x INT",
    "MERGE INTO estate.main.entity USING (SELECT 1 AS id) s USING (id) WHEN MATCHED THEN DELETE",
    "WITH x AS (INSERT INTO estate.main.entity VALUES (1, 'x') RETURNING *) SELECT * FROM x",
    "BEGIN",
    "CHECKPOINT",
    "VACUUM",
    "PREPARE p AS SELECT 1",
    "EXPLAIN COPY (SELECT 1) TO '{out}'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{out}'",
    "EXPLAIN (FORMAT json) COPY (SELECT 1) TO '{out}'",
    "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE estate.main.entity",
    "PIVOT (SELECT 1 AS a) ON a USING sum(a); COPY (SELECT 1) TO '{out}'",
    "",
    "   ;  ",
    "SELEC 1",
    "SELECT * FROM nothing_of_that_name",
    "SELECT 'x'::INTEGER",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_nothing_is_written_and_nothing_set(store: Store, tmp_path: pathlib.Path, sql: str) -> None:
    before = store.query("SELECT count(*), max(urn) FROM resource").rows
    with pytest.raises(UsageError) as raised:
        store.query(sql.format(out=tmp_path / "out"))
    assert raised.value.problem.code in ("query-refused", "query-failed")
    assert raised.value.problem.help
    assert list(tmp_path.iterdir()) == []
    assert store.query("SELECT count(*), max(urn) FROM resource").rows == before
    assert store.query("SELECT current_setting('threads')::INT < 9").rows == ((True,),)


def test_there_are_no_secrets_and_no_variables_of_the_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "do-not-show")
    for sql in (
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_variables()",
    ):
        assert "do-not-show" not in str(store.query(sql).rows)
    assert store.query("SELECT * FROM duckdb_secrets()").rows == ()


ENDLESS = [
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3",
    "SELECT count(*) FROM resource a, resource b, resource c, resource d, resource e, resource f, resource g,"
    " resource h, resource i WHERE md5(concat(a.urn, b.urn, c.urn, d.urn, e.urn, f.urn, g.urn, h.urn, i.urn)) < '0001'",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_what_never_ends_is_ended(store: Store, sql: str) -> None:
    with pytest.raises(UsageError) as raised:
        store.query(sql, seconds=0.3)
    assert raised.value.problem.code in ("query-time", "query-memory")
    assert store.query("SELECT 1").rows == ((1,),)


def test_time_runs_while_rows_are_fetched_as_well(store: Store) -> None:
    with pytest.raises(UsageError) as raised:
        store.query("SELECT i FROM range(100000000000) t(i) WHERE hash(i) % 1000000 = 1", seconds=0.3)
    assert raised.value.problem.code == "query-time"
    assert "0.3 seconds" in raised.value.problem.message


def test_memory_is_bounded(store: Store) -> None:
    with pytest.raises(UsageError) as raised:
        store.query("SELECT count(DISTINCT (i, hash(i))) FROM range(100000000) t(i)", memory="64MB", seconds=60)
    assert raised.value.problem.code == "query-memory"
    assert store.query("SELECT 1", memory="64MB").rows == ((1,),)


def test_more_rows_than_the_limit_are_said(store: Store) -> None:
    found = store.query("SELECT * FROM range(1000000)", limit_rows=10)
    assert len(found) == 10
    assert found.limited
    assert found.note == "only the first 10 rows are shown; there are more"
    assert list(store.query("SELECT * FROM range(10)", limit_rows=10)) == [(n,) for n in range(10)]
    assert store.query("SELECT * FROM range(10)", limit_rows=10).note == ""


def test_a_time_with_a_zone_is_named_as_the_trouble(store: Store) -> None:
    assert store.query("SELECT now()::VARCHAR").rows
    try:
        store.query("SELECT now()")
    except UsageError as error:
        assert "cast" in error.problem.help  # noqa: PT017 - with pytz installed it simply works


def test_asking_leaves_nothing_behind(store: Store) -> None:
    before = sorted(store.path.rglob("*"))
    store.query("SELECT * FROM resource ORDER BY hash(urn)")
    assert sorted(store.path.rglob("*")) == before
