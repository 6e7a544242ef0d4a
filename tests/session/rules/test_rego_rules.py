"""Policies in Rego: what they say, what regorus makes of them where OPA makes something else, and their bounds."""

from __future__ import annotations

import json
import pathlib

import pytest

from nephograph.model.answer import Answer, Severity
from nephograph.session import open_estate
from nephograph.session.rules import own_rules, rego_rules
from tests.session.rules.test_python_rules import BUCKETS

pytest.importorskip("regorus", reason="Rego needs the extra rego")

HEAD = "# title: Bucket without an owner\n# severity: medium\n# help: Write the tag owner.\npackage shop\n\n"
OWNERLESS = HEAD + (
    'deny contains {"urn": r.urn, "field": "tags", "msg": sprintf("nobody owns %s", [r.label])} if {\n'
    "  some r in input.resources\n"
    '  r.kind == "aws_s3_bucket"\n'
    "  not r.config.tags.owner\n"
    "}\n"
)


@pytest.fixture
def tree(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "tree"
    (folder / "neph-rules").mkdir(parents=True)
    (folder / "main.tf").write_text(BUCKETS)
    return folder


def with_rule(tree: pathlib.Path, text: str) -> Answer:
    (tree / "neph-rules" / "own.rego").write_text(text)
    gathered = own_rules([], [str(tree)], {})
    return open_estate([str(tree)]).judging(gathered).ask("check", only=("own",))


def test_a_policy_of_the_tree_is_asked(tree: pathlib.Path) -> None:
    answer = with_rule(tree, OWNERLESS)
    (finding,) = answer.findings
    assert (finding.code, finding.message, finding.severity) == ("own", "nobody owns logs", Severity.MEDIUM)
    assert finding.resource.address == "aws_s3_bucket.logs"
    assert finding.location is not None
    assert answer.errors == ()


def test_texts_and_warnings_as_conftest_has_them(tree: pathlib.Path) -> None:
    answer = with_rule(
        tree,
        HEAD + 'warn contains "think twice" if { count(input.resources) > 1 }\n'
        'violation contains {"msg": "never"} if { count(input.edges) == 0 }\n',
    )
    assert {(one.message, one.severity) for one in answer.findings} == {
        ("think twice", Severity.LOW),
        ("never", Severity.MEDIUM),
    }


def test_a_policy_about_plans(tree: pathlib.Path) -> None:
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {}},
        "resource_changes": [
            {
                "address": "aws_s3_bucket.logs",
                "mode": "managed",
                "type": "aws_s3_bucket",
                "name": "logs",
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {
                    "actions": ["delete", "create"],
                    "before": {"bucket": "logs"},
                    "after": {"bucket": "logs2"},
                    "after_unknown": {},
                },
            }
        ],
        "configuration": {"root_module": {}},
    }
    (tree / "main.tf").unlink()
    (tree / "plan.json").write_text(json.dumps(plan))
    answer = with_rule(
        tree,
        "# title: Bucket that is made anew\n# input: plan\npackage shop\n\n"
        'deny contains {"address": c.address, "msg": "it would be emptied"} if {\n'
        "  some c in input.resource_changes\n"
        '  "delete" in c.change.actions\n'
        "}\n",
    )
    (finding,) = answer.findings
    assert (finding.resource.address, finding.message) == ("aws_s3_bucket.logs", "it would be emptied")


def test_what_is_not_known_is_left_out_and_named(tree: pathlib.Path) -> None:
    (tree / "main.tf").write_text('variable "tags" {}\nresource "aws_s3_bucket" "b" {\n  tags = var.tags\n}\n')
    answer = with_rule(
        tree,
        HEAD + 'deny contains {"urn": r.urn, "depends": r.unknown.tags} if { some r in input.resources }\n',
    )
    (finding,) = answer.findings
    assert finding.verdict == "depends"
    assert "var.tags" in finding.depends_on[0]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("package shop\n", 1, "has no title"),
        ("# title: T\nallow := true\n", 1, "no package"),
        ("# title: T\n# input: cloud\npackage shop\n", 1, "cloud is no input"),
        ("# title: T\npackage shop\ndeny contains x if { foo bar }\n", 3, "expecting `}`"),
        ('# title: T\npackage shop\ndeny["x"] { input.x }\n', 3, "`if` keyword is required"),
        ("# title: T\npackage shop\ndeny contains 1 if { nothing(1) }\n", 3, "could not find function nothing"),
        ("# title: T\npackage shop\ndeny contains 1 if { true }\n", 1, "deny yields int"),
        ('# title: T\npackage shop\ndeny contains {"msg": "m", "severity": "x"} if { true }\n', 1, "x is no severity"),
        ('# title: T\npackage shop\ndeny contains {"urn": "neph:x"} if { true }\n', 1, "not of the estate"),
    ],
)
def test_a_malformed_policy_is_shown_in_its_place(tree: pathlib.Path, text: str, line: int, said: str) -> None:
    answer = with_rule(tree, text)
    (error,) = answer.errors
    assert said in error.message
    assert "backtrace" not in error.message
    assert error.span is None or error.span.line == line


@pytest.mark.parametrize(
    "body",
    [
        'to_number("abc") == 1',
        "1 / 0 == 1",
        "lower(1) == 1",
        'regex.match("(", "a")',
    ],
)
def test_an_error_of_a_builtin_ends_the_policy_where_opa_takes_it_for_undefined(tree: pathlib.Path, body: str) -> None:
    for condition in (body, f"not {body}"):
        answer = with_rule(tree, HEAD + f'deny contains "x" if {{ {condition} }}\n')
        assert [one.code for one in answer.errors] == ["rule-failed"]
        assert answer.findings == ()


@pytest.mark.parametrize(
    ("condition", "fires"),
    [
        ("input.nothing", False),
        ("not input.nothing", True),
        ("not input.nothing.below", True),
        ("input.nothing == null", False),
        ("input.nothing != 1", False),
        ("count([r | some r in input.nothing]) == 0", True),
        ("every r in input.resources { r.kind }", True),
        ("some r in input.resources; r.config.nothing != 1", False),
    ],
)
def test_what_is_undefined_is_as_in_opa(tree: pathlib.Path, condition: str, fires: bool) -> None:
    answer = with_rule(tree, HEAD + f'deny contains "x" if {{ {condition} }}\n')
    assert answer.errors == ()
    assert bool(answer.findings) == fires


@pytest.mark.parametrize(
    "body",
    [
        'http.send({"method": "get", "url": "http://127.0.0.1:1/"})',
        'net.lookup_ip_addr("localhost")',
        "opa.runtime().env.HOME",
        'opa.runtime().env["PATH"]',
    ],
)
def test_a_policy_reaches_nothing_outside(tree: pathlib.Path, body: str) -> None:
    answer = with_rule(tree, HEAD + f'deny contains "x" if {{ {body} }}\n')
    assert answer.findings == ()


def test_a_policy_does_not_run_for_ever(tree: pathlib.Path) -> None:
    (tree / "neph-rules" / "own.rego").write_text(
        HEAD + 'deny contains "x" if {\n  n := numbers.range(1, 3000)\n  some a in n\n  some b in n\n  some c in n\n'
        "  a + b + c == 0\n}\n"
    )
    gathered = own_rules([], [str(tree)], {})
    (rule,) = gathered.rules.questions
    opened = open_estate([str(tree)]).opened
    (asked,) = rego_rules.ask([(rule, gathered.texts[rule.code])], opened, seconds=1.5)
    (problem,) = asked.problems
    assert "took longer than 1.5 seconds and was stopped" in problem.message


def test_without_the_engine_a_policy_is_named_and_not_run(tree: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    answer = with_rule(tree, OWNERLESS)
    assert answer.findings == ()
    (gap,) = [one for one in answer.coverage.not_evaluated if one.kind == "rule-not-run"]
    assert "nephograph[rego]" in gap.why
