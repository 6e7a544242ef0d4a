"""`neph test --rules`: the Bad and Good code that rules carry themselves."""

from __future__ import annotations

import json
import pathlib

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.support.command import Neph

PYTHON = '''"""Bucket that nobody owns.
{sections}"""

from nephograph.library.sdk import bad_if, check, test
from nephograph.model.answer import Severity


@check(kind="aws_s3_bucket", severity=Severity.LOW, topics=("inventory",))
def ownerless(bucket, facts):
    """No tag owner."""
    none = test(bucket, "tags", when=lambda tags: "owner" not in (tags or {{}}), says="its tags are {{value}}")
    yield from bad_if(none, "tags", message=f"nobody owns {{bucket.label}}")
'''

OWNED = 'resource "aws_s3_bucket" "b" {\n  tags = { owner = "shop" }\n}\n'
BARE = 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
OPEN = 'variable "tags" {}\nresource "aws_s3_bucket" "b" {\n  tags = var.tags\n}\n'
OWNED_TEMPLATE = "Resources:\n  B: {Type: AWS::S3::Bucket, Properties: {Tags: [{Key: owner, Value: a}]}}\n"

SQL = """-- title: Bucket without an owner
-- bad:
-- ```hcl
-- resource "aws_s3_bucket" "b" {
--   bucket = "b"
-- }
-- ```
--
-- ```yaml
-- Resources:
--   B: {Type: AWS::S3::Bucket}
-- ```
-- good:
-- ```json
-- {"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"Tags": [{"Key": "owner", "Value": "a"}]}}}}
-- ```
SELECT urn FROM aws_s3_bucket WHERE tags['owner'] IS NULL
"""


def fence(word: str, *codes: str, language: str = "hcl") -> str:
    return f"\n## {word}\n" + "".join(f"```{language}\n{code}```\n" for code in codes)


@pytest.fixture
def rules(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    return tmp_path / "rules"


def python(rules: pathlib.Path, *sections: str) -> None:
    (rules / "ownerless.py").write_text(PYTHON.format(sections="".join(sections)))


def test_bad_fires_once_and_good_is_quiet_in_every_language(neph: Neph, rules: pathlib.Path) -> None:
    python(rules, fence("Bad", BARE), fence("Good", OWNED_TEMPLATE, language="yaml"))
    done = neph("test", "--rules", "rules", "-f", "json")
    said = json.loads(done.out)
    assert (done.code, said["passed"], said["failed"]) == (0, 2, 0)
    assert [(one["word"], one["language"], one["line"]) for one in said["cases"]] == [
        ("bad", "hcl", 4),
        ("good", "yaml", 11),
    ]


def test_what_does_not_hold_is_shown_at_its_fence(neph: Neph, rules: pathlib.Path, snapshot: SnapshotAssertion) -> None:
    python(rules, fence("Bad", OWNED, BARE + BARE.replace('"b"', '"c"'), OPEN), fence("Good", BARE, OWNED))
    done = neph("test", "--rules", "rules")
    assert done.code == 1
    assert done.out == snapshot


def test_what_cannot_be_run_is_said_at_its_line_and_the_rest_is_run(
    neph: Neph, rules: pathlib.Path, snapshot: SnapshotAssertion
) -> None:
    python(rules, fence("Bad", BARE), fence("Good", "resource = =\n"), fence("Fix", ""))
    text = (rules / "ownerless.py").read_text()
    (rules / "other.py").write_text(text.replace("resource = =", OWNED.strip()).replace("```hcl", "```cobol", 1))
    (rules / "broken.py").write_text("import nothing_of_that_name\n")
    done = neph("test", "--rules", "rules")
    assert done.code == 3
    assert done.out == snapshot


def test_code_that_holds_nothing_is_said_without_a_place_nobody_knows(neph: Neph, rules: pathlib.Path) -> None:
    python(rules, fence("Bad", "locals {\n  a = 1\n}\n"), fence("Good", OWNED))
    done = neph("test", "--rules", "rules")
    assert done.code == 3
    assert "ownerless: Bad on line 4: no infrastructure in it" in done.out
    assert "rules/ownerless.py:4:1" in done.out


def test_a_rule_over_plans_has_plans_for_examples(neph: Neph, rules: pathlib.Path) -> None:
    pytest.importorskip("regorus", reason="Rego needs the extra rego")
    plans = [
        json.dumps(
            {
                "format_version": "1.2",
                "terraform_version": "1.9.0",
                "planned_values": {"root_module": {"resources": [PLANNED]}},
                "resource_changes": [
                    {**PLANNED, "change": {"actions": actions, "before": BEFORE, "after": BEFORE, "after_unknown": {}}}
                ],
                "configuration": {"root_module": {}},
            }
        )
        for actions in (["delete", "create"], ["update"])
    ]
    (rules / "replaced.rego").write_text(
        "# title: Bucket that is replaced\n# input: plan\n"
        f"# bad:\n# ```json\n# {plans[0]}\n# ```\n# good:\n# ```json\n# {plans[1]}\n# ```\n"
        "package acme.plan\n\n"
        'deny contains {"address": one.address} if {\n'
        '  some one in input.resource_changes\n  "delete" in one.change.actions\n}\n'
    )
    done = neph("test", "--rules", "rules", "-f", "json")
    assert (done.code, json.loads(done.out)["passed"]) == (0, 2)


PLANNED = {
    "address": "aws_s3_bucket.a",
    "mode": "managed",
    "type": "aws_s3_bucket",
    "name": "a",
    "provider_name": "registry.terraform.io/hashicorp/aws",
    "schema_version": 0,
    "values": {"bucket": "a"},
}
BEFORE = {"bucket": "a"}


def test_a_check_that_raises_could_not_be_judged(neph: Neph, rules: pathlib.Path) -> None:
    python(rules, fence("Bad", BARE), fence("Good", OWNED))
    text = (rules / "ownerless.py").read_text()
    (rules / "ownerless.py").write_text(text.replace("    none = test(", "    1 / 0\n    none = test("))
    done = neph("test", "--rules", "rules")
    assert done.code == 3
    assert "ZeroDivisionError" in done.out
    assert "rules/ownerless.py" in done.out


def test_examples_of_sql_stand_in_its_head(neph: Neph, rules: pathlib.Path) -> None:
    (rules / "ownerless.sql").write_text(SQL)
    done = neph("test", "--rules", "rules", "-f", "json")
    said = json.loads(done.out)
    assert [(one["word"], one["line"], one["passed"]) for one in said["cases"]] == [
        ("bad", 3, True),
        ("bad", 9, True),
        ("good", 14, True),
    ]
    assert done.code == 0
    (rules / "ownerless.sql").write_text(SQL.replace("IS NULL", "IS NOT NULL"))
    assert neph("test", "--rules", "rules").code == 1


def test_examples_of_rego_stand_in_its_head(neph: Neph, rules: pathlib.Path) -> None:
    pytest.importorskip("regorus", reason="Rego needs the extra rego")
    bare, owned = ("".join(f"# {line}\n" for line in code.splitlines()) for code in (BARE, OWNED))
    (rules / "ownerless.rego").write_text(
        f"# title: Bucket without an owner\n# bad:\n# ```hcl\n{bare}# ```\n# good:\n# ```hcl\n{owned}# ```\n"
        "package acme\n\n"
        'deny contains {"urn": r.urn} if {\n  some r in input.resources\n  not r.config.tags.owner\n}\n'
    )
    done = neph("test", "--rules", "rules", "-f", "json")
    assert (done.code, json.loads(done.out)["passed"]) == (0, 2)


@pytest.mark.parametrize(
    ("before", "after", "said", "line"),
    [
        ("-- ```\n-- good:", "-- good:", "the code that starts here does not end", 9),
        ("-- bad:\n", "-- why: so\n", "code stands under bad or good", 3),
    ],
)
def test_a_head_whose_code_is_out_of_place_is_said(
    neph: Neph, rules: pathlib.Path, before: str, after: str, said: str, line: int
) -> None:
    assert before in SQL
    text = SQL.replace(before, after)
    (rules / "ownerless.sql").write_text(text.replace("-- ```\nSELECT", "SELECT") if line == 9 else text)
    done = neph("test", "--rules", "rules")
    assert done.code == 3
    assert said in done.out
    assert f"rules/ownerless.sql:{line}:" in done.out


def test_a_rule_that_nothing_tests_is_named(neph: Neph, rules: pathlib.Path) -> None:
    python(rules, fence("Bad", BARE), fence("Good", OWNED))
    (rules / "unowned.sql").write_text("-- title: T\nSELECT urn FROM aws_s3_bucket\n")
    gaps = json.loads(neph("test", "--rules", "rules", "-f", "json").out)["coverage"]["not_evaluated"]
    assert [(one["kind"], one["subject"]) for one in gaps] == [("rule-not-tested", "rules/unowned.sql")]
    (rules / "cases.yaml").write_text(
        '- name: a\n  type: sql\n  rules: unowned.sql\n  tree: {main.tf: \'resource "aws_s3_bucket" "b" {}\'}\n'
        "  expect: [unowned]\n"
    )
    # (--rules names the rule as well: both are the same file)
    done = neph("test", "rules/cases.yaml", "--rules", "rules", "-f", "json")
    assert json.loads(done.out)["coverage"]["not_evaluated"] == []


def test_rules_without_any_code_are_no_cases(neph: Neph, rules: pathlib.Path) -> None:
    python(rules)
    done = neph("test", "--rules", "rules")
    assert done.code == 2
    assert "there are no cases in rules" in done.out + done.err


def test_a_docstring_of_a_function_carries_examples_too(neph: Neph, rules: pathlib.Path) -> None:
    body = fence("Bad", BARE) + fence("Good", OWNED)
    indented = "".join(f"    {line}\n" if line else "\n" for line in body.splitlines())
    text = PYTHON.format(sections="").replace('"""No tag owner."""', f'"""No tag owner.\n{indented}    """')
    (rules / "team.py").write_text(text)
    said = json.loads(neph("test", "--rules", "rules", "-f", "json").out)
    assert [(one["rule"], one["word"], one["passed"]) for one in said["cases"]] == [
        ("team-ownerless", "bad", True),
        ("team-ownerless", "good", True),
    ]
    assert [one["line"] for one in said["cases"]] == [13, 20]
