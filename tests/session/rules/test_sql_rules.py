"""Rules in SQL: what they say, where they stand, and that they can do nothing but read the estate."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.library.own_rules import Asked, rule_of
from nephograph.model.answer import Answer, Severity
from nephograph.session import open_estate, open_stored
from nephograph.session.rules import bounds, own_rules, sql_rules
from tests.session.rules.test_python_rules import ACTS, BUCKETS
from tests.support.command import Neph

HEAD = "-- title: Bucket without an owner\n-- severity: low\n-- help: Write the tag owner.\n"
OWNERLESS = (
    HEAD + "SELECT urn, 'nobody owns ' || label AS message, 'tags' AS field\n"
    "FROM aws_s3_bucket WHERE tags.owner IS NULL\n"
).replace("tags.owner", "tags['owner']")


@pytest.fixture
def tree(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "tree"
    (folder / "neph-rules").mkdir(parents=True)
    (folder / "main.tf").write_text(BUCKETS)
    return folder


def asked(tree: pathlib.Path, *rules: pathlib.Path) -> Answer:
    gathered = own_rules([str(one) for one in rules], [str(tree)], {})
    return open_estate([str(tree)]).judging(gathered).ask("check", only=("own",))


def with_rule(tree: pathlib.Path, text: str) -> Answer:
    (tree / "neph-rules" / "own.sql").write_text(text)
    return asked(tree)


def test_a_rule_of_the_tree_is_asked(tree: pathlib.Path) -> None:
    answer = with_rule(tree, OWNERLESS)
    (finding,) = answer.findings
    assert (finding.code, finding.title, finding.message) == ("own", "Bucket without an owner", "nobody owns logs")
    assert (finding.severity, finding.verdict, finding.help) == (Severity.LOW, "yes", "Write the tag owner.")
    assert finding.location is not None
    assert finding.location.line == 2
    assert answer.errors == ()
    assert answer.checks_run == 1


def test_the_command_asks_it(neph: Neph, tree: pathlib.Path) -> None:
    (tree / "neph-rules" / "own.sql").write_text(OWNERLESS)
    done = neph("check", str(tree), "--only", "own")
    assert done.code == 1
    assert "nobody owns logs" in done.out
    assert neph("check", str(tree), "--only", "own", "--fail-on", "medium").code == 0


def test_a_rule_that_is_named_is_asked(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "own.sql").write_text(OWNERLESS)
    assert len(asked(tree, tmp_path / "own.sql").findings) == 1


def test_a_stored_estate_is_asked_as_it_is(neph: Neph, tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    estate = tmp_path / "estate.neph"
    assert neph("load", str(tree), "-e", str(estate)).code == 0
    (tmp_path / "own.sql").write_text(OWNERLESS)
    gathered = own_rules([str(tmp_path / "own.sql")], [], {})
    answer = open_stored(str(estate)).judging(gathered).ask("check", only=("own",))
    assert [one.message for one in answer.findings] == ["nobody owns logs"]


def test_the_columns_of_the_contract(tree: pathlib.Path) -> None:
    answer = with_rule(
        tree,
        HEAD + "SELECT urn, 'high' AS severity, 'what the bucket is for' AS depends, 'k' AS key, region, label"
        " FROM aws_s3_bucket WHERE label = 'data'",
    )
    (finding,) = answer.findings
    assert finding.severity is Severity.HIGH
    assert finding.message == "Bucket without an owner"
    assert (finding.verdict, finding.depends_on) == ("depends", ("what the bucket is for",))
    assert "label is data" in [one.text for one in finding.evidence]


def test_the_head_says_code_topics_and_prose(neph: Neph, tree: pathlib.Path) -> None:
    (tree / "neph-rules" / "x.sql").write_text(
        "-- code: shop-own\n-- title: T\n-- topics: inventory, cost\n-- why: It costs\n--   money.\n"
        "-- reference: https://example.com/a\n\nSELECT urn FROM resource"
    )
    (rule,) = own_rules([], [str(tree)], {}).rules.questions
    assert (rule.code, rule.topics, rule.severity) == ("shop-own", ("inventory", "cost"), Severity.MEDIUM)
    assert rule.written is not None
    assert (rule.written.why, rule.written.references) == ("It costs money.", ("https://example.com/a",))
    said = neph("explain", "shop-own", str(tree)).out
    assert "It costs money." in said
    assert "the estate, in SQL" in said
    listed = neph("checks", "shop-own", "--rules", str(tree / "neph-rules"), "--width", "200").out
    assert "neph-rules/x.sql" in listed


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("SELECT urn FROM resource", 1, "has no title"),
        ("-- title: T\n-- serverity: low\nSELECT 1", 2, "serverity is no word"),
        ("-- title: T\n-- severity: awful\nSELECT 1", 2, "awful is no severity"),
        ("-- title: T\n-- title: U\nSELECT 1", 2, "said twice"),
        ("-- title: T\nSELECT label FROM resource", 1, "no urn"),
        ("-- title: T\nSELECT 'x' AS urn", 1, "not of the estate"),
        ("-- title: T\nSELECT NULL AS urn", 1, "a row has no urn"),
        ("-- title: T\nSELECT urn, 'awful' AS severity FROM resource", 1, "awful is no severity"),
        ("-- title: T\nSELECT urn\nFROM no_such_view", 3, "no_such_view does not exist"),
        ("-- title: T\nSELEKT 1", 2, "syntax error"),
    ],
)
def test_a_malformed_rule_is_shown_in_its_place(tree: pathlib.Path, text: str, line: int, said: str) -> None:
    (tree / "neph-rules" / "other.sql").write_text(OWNERLESS.replace("-- title", "-- code: own-other\n-- title"))
    answer = with_rule(tree, text)
    (error,) = answer.errors
    assert said in error.message
    assert error.code in ("rule-malformed", "rule-failed")
    assert error.span is None or error.span.line == line
    assert [one.code for one in answer.findings] == ["own-other"]


def test_what_is_not_known_is_null_and_can_be_asked_for(tree: pathlib.Path) -> None:
    (tree / "main.tf").write_text('variable "tags" {}\nresource "aws_s3_bucket" "b" {\n  tags = var.tags\n}\n')
    answer = with_rule(
        tree,
        HEAD + "SELECT urn, unknown[1].reason AS depends FROM aws_s3_bucket WHERE tags IS NULL AND len(unknown) > 0",
    )
    (finding,) = answer.findings
    assert finding.verdict == "depends"


ELSEWHERE = "/etc/passwd"


ACTS_OUTSIDE = [
    f"SELECT content AS urn FROM read_text('{ELSEWHERE}')",
    f"SELECT content AS urn FROM read_blob('{ELSEWHERE}')",
    f"SELECT * FROM read_csv('{ELSEWHERE}')",
    f"SELECT * FROM read_json('{ELSEWHERE}')",
    f"SELECT * FROM read_parquet('{ELSEWHERE}')",
    f"SELECT * FROM sniff_csv('{ELSEWHERE}')",
    f"SELECT * FROM '{ELSEWHERE}'",
    "SELECT * FROM 'main.tf'",
    "SELECT file AS urn FROM glob('/etc/*')",
    f"FROM query('SELECT content AS urn FROM read_text(''{ELSEWHERE}'')')",
    "SELECT getenv('HOME') AS urn",
    "INSTALL httpfs",
    "LOAD httpfs",
    "ATTACH ':memory:' AS other",
    "ATTACH '{aside}' AS other",
    "COPY (SELECT 1) TO '{aside}'",
    "COPY resource FROM '{aside}'",
    "EXPORT DATABASE '{aside}'",
    "CREATE TABLE t AS SELECT 1",
    "CREATE SECRET s (TYPE s3)",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "PRAGMA enable_external_access",
    "CALL pragma_version()",
    "DETACH estate",
    "DELETE FROM estate.main.resource",
    "UPDATE estate.main.resource SET label = 'x'",
    "DROP VIEW resource",
    "VACUUM",
    "CHECKPOINT",
    "PREPARE p AS SELECT 1",
    "BEGIN TRANSACTION",
    "SELECT 1; COPY (SELECT 1) TO '{aside}'",
    "SELECT * FROM 'https://example.com/x.csv'",
    "SELECT * FROM parquet_metadata('{aside}')",
]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[pathlib.Path, dict[str, Asked]]:
    """What came of each statement, plain and explained, all put to one estate; and the folder it was in."""
    folder = tmp_path_factory.mktemp("acts")
    (folder / "readable").write_text("a\n1\n")
    (folder / "tree").mkdir()
    (folder / "tree" / "main.tf").write_text(BUCKETS)
    rules = []
    for statement in ACTS_OUTSIDE:
        for text in (statement, f"EXPLAIN ANALYZE {statement}"):
            written = f"-- title: T\n{text.replace('{aside}', str(folder / 'aside'))}"
            rules.append((rule_of({"title": "T"}, text, "own.sql", sql_rules.ASKS), written))
    opened = open_estate([str(folder / "tree")]).opened
    return folder, {one.rule.code: one for one in sql_rules.ask(rules, opened)}


@pytest.mark.parametrize("statement", ACTS_OUTSIDE)
def test_a_rule_reads_the_estate_and_nothing_else(
    refused: tuple[pathlib.Path, dict[str, Asked]], statement: str
) -> None:
    for text in (statement, f"EXPLAIN ANALYZE {statement}"):
        asked_ = refused[1][text]
        assert asked_.told == ()
        (error,) = asked_.problems
        assert "root:" not in error.message


def test_what_was_refused_left_nothing_behind(refused: tuple[pathlib.Path, dict[str, Asked]]) -> None:
    names = sorted(path.relative_to(refused[0]).as_posix() for path in refused[0].rglob("*"))
    assert names == ["readable", "tree", "tree/main.tf"]


@pytest.mark.parametrize(
    "statement",
    [
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*)::VARCHAR AS urn FROM r",
        "SELECT count(*)::VARCHAR AS urn FROM range(1000000) a, range(1000000) b, range(1000000) c",
        "SELECT sum(hash(a.range || b.range))::VARCHAR AS urn FROM range(100000) a, range(10000000) b",
    ],
)
def test_a_rule_does_not_run_for_ever(tree: pathlib.Path, statement: str) -> None:
    (tree / "neph-rules" / "own.sql").write_text(f"-- title: T\n{statement}")
    session = open_estate([str(tree)])
    gathered = own_rules([], [str(tree)], {})
    (rule,) = gathered.rules.questions
    (asked_,) = sql_rules.ask([(rule, gathered.texts[rule.code])], session.opened, seconds=0.3)
    (problem,) = asked_.problems
    assert "took longer than 0.3 seconds and was stopped" in problem.message


def test_all_rules_together_do_not_run_for_ever(tree: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.Clock.__init__, "__defaults__", (0.0,))
    answer = with_rule(tree, OWNERLESS)
    assert answer.findings == ()
    (error,) = answer.errors
    assert "was not asked" in error.message


def test_a_rule_does_not_take_all_memory(tree: pathlib.Path) -> None:
    answer = with_rule(
        tree, "-- title: T\nSELECT array_agg(range || repeat('x', 1000))::VARCHAR AS urn FROM range(9000000)"
    )
    (error,) = answer.errors
    assert "memory" in error.message


def test_a_link_is_not_followed_to_rules(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "own.sql").write_text(OWNERLESS)
    (tree / "neph-rules" / "own.sql").symlink_to(tmp_path / "own.sql")
    answer = asked(tree)
    assert answer.findings == ()
    assert "outside-root" in {gap.kind for gap in answer.coverage.not_evaluated}


def test_a_linked_folder_is_not_followed(tree: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tree / "neph-rules").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "own.sql").write_text(OWNERLESS)
    (tree / "neph-rules").symlink_to(tmp_path / "elsewhere")
    assert asked(tree).findings == ()


def test_nothing_of_the_database_is_loaded_where_there_is_no_rule(tree: pathlib.Path) -> None:
    (tree / "neph-rules" / "acts.py").write_text(ACTS)
    assert own_rules([], [str(tree)], {}).rules.questions == ()
