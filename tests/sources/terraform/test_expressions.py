"""The evaluator: what stays known, what does not, why, and that nothing makes it raise or run away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform.expressions import evaluate
from nephograph.sources.terraform.functions import registry
from nephograph.sources.terraform.syntax import SyntaxProblem, parse_expression
from nephograph.sources.terraform.values import SetValue
from tests.sources.terraform.console import Plain, run
from tests.sources.terraform.test_syntax import PIECES

VPC = Unknown(Reason.AFTER_APPLY, "", Ref("aws_vpc.main"))
VPC_ID = Unknown(Reason.AFTER_APPLY, "", Ref("aws_vpc.main", ("id",)))
NAME = Unknown(Reason.NO_VALUE, "var.name")


def scope(**more: Any) -> Plain:
    values = {"aws_vpc.main": VPC, "var.name": NAME, "var.on": Unknown(Reason.NO_VALUE, "var.on")}
    values |= {"var.tags": {"a": NAME, "b": "x"}, "var.list": ["a", "b"], "local.ids": [VPC_ID, "sg-1"]}
    return Plain({**values, **{name.replace("__", "."): value for name, value in more.items()}})


def value(text: str) -> Any:
    return run(text, scope())


def test_a_reference_keeps_its_whole_path() -> None:
    found = value('aws_vpc.main.subnets[0].tags["Name"]')
    assert found == Unknown(Reason.AFTER_APPLY, "", Ref("aws_vpc.main", ("subnets", 0, "tags", "Name")))


def test_a_computed_index_is_part_of_the_path() -> None:
    assert value("aws_vpc.main.ids[1 + 1]").ref == Ref("aws_vpc.main", ("ids", 2))


def test_the_scope_sees_computed_keys_as_plain_steps() -> None:
    seen: list[Any] = []

    class Watching(Plain):
        def resolve(self, root: str, steps: tuple[str | int, ...], node: Any) -> tuple[Any, int]:
            seen.append((root, steps))
            return VPC, len(steps)

    run('aws_vpc.main[upper("a")].id', Watching())
    assert seen == [("aws_vpc", ("main", "A", "id"))]


def test_the_detail_of_a_path_below_an_unknown_variable() -> None:
    assert value("var.name.first[0]").detail == "var.name.first[0]"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("false && var.on", False),
        ("var.on && false", False),
        ("true || var.on", True),
        ("var.on || true", True),
        ("var.on ? 1 : 1", 1),
        ("var.on ? aws_vpc.main.id : aws_vpc.main.id", VPC_ID),
        ("[var.name, 1][1]", 1),
        ("var.tags.b", "x"),
        ("length(local.ids)", 2),
        ("keys(var.tags)", ["a", "b"]),
        ('lookup(var.tags, "b", "")', "x"),
        ('contains(local.ids, "sg-1")', True),
        ("try(aws_vpc.main.id, 1)", VPC_ID),
        ("can(aws_vpc.main.id)", True),
        ("coalesce(null, aws_vpc.main.id)", VPC_ID),
        ('compact([aws_vpc.main.id, ""])', [VPC_ID]),
        ("flatten([[aws_vpc.main.id], []])", [VPC_ID]),
        ("element(local.ids, 2)", VPC_ID),
        ("one([var.name])", NAME),
        ("merge(var.tags, { c = 1 }).c", 1),
        ("toset([aws_vpc.main.id])", SetValue([VPC_ID])),
        ("concat([var.name], [1])", [NAME, 1]),
        ("anytrue([var.on, true])", True),
        ("alltrue([var.on, false])", False),
        ("zipmap(var.list, [var.name, 1])", {"a": NAME, "b": 1}),
        ('"x-${var.name}" == ""', False),
        ('"x-${var.name}" == "y-1"', False),
        ("[for k, v in var.tags : k]", ["a", "b"]),
        ("{ for k, v in var.tags : k => v }", {"a": NAME, "b": "x"}),
    ],
)
def test_what_is_known_although_a_part_is_not(text: str, wanted: Any) -> None:
    assert value(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "var.on && true",
        "!var.on",
        "var.on == true",
        '"x-${var.name}" == "x-1"',
        "var.name + 1",
        "var.on ? 1 : 2",
        "upper(var.name)",
        "[for x in var.name : x]",
        "var.name[*].id",
        "var.list[var.name]",
        "length(toset([var.name, var.on]))",
        "length(var.name)",
        "distinct([var.name, var.on])",
        "contains(var.list, var.name)",
        "merge(var.name, {})",
        "{ (var.name) = 1 }",
        'coalesce(var.name, "x")',
        "flatten([var.name])",
        "try(var.name.x, 1)",
        "can(var.name.x)",
        "[for x in var.list : x if var.on]",
        "sum([1, var.name])",
        "compact([var.name])",
    ],
)
def test_what_is_unknown_keeps_the_reason_and_names_the_cause(text: str) -> None:
    found = value(text)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.NO_VALUE
    assert "var." in found.detail


def test_different_unknown_values_have_different_symbols() -> None:
    texts = ["var.name + 1", "var.name + 2", "upper(var.name)", "lower(var.name)", "var.name == 1", "var.on ? 1 : 2"]
    assert len({value(text).symbol for text in texts}) == len(texts)


def test_a_template_keeps_its_known_parts_flat() -> None:
    found = value('"arn:${"${var.name}/x"}:${aws_vpc.main.id}"')
    assert found.parts == ("arn:", NAME, "/x:", VPC_ID)
    assert found.symbol == "arn:⟨var.name⟩/x:⟨aws_vpc.main.id⟩"


def test_join_and_format_keep_known_parts() -> None:
    assert value('join(",", local.ids)').parts == (VPC_ID, ",sg-1")
    assert value('format("a-%s-%d", var.name, 5)').parts == ("a-", NAME, "-5")


def test_jsonencode_with_an_unknown_piece_is_still_json() -> None:
    found = value('jsonencode({ R = ["arn:${var.name}/*", aws_vpc.main.id], A = "s3:*" })')
    assert json.loads(found.symbol) == {"A": "s3:*", "R": ["arn:⟨var.name⟩/*", "⟨aws_vpc.main.id⟩"]}
    assert found.parts[0] == '{"A":"s3:*","R":["arn:'


def test_directives_over_unknowns() -> None:
    assert value('"%{ if var.on }a%{ else }a%{ endif }"') == "a"
    assert isinstance(value('"x%{ if var.on }a%{ endif }"'), Unknown)


def test_templatefile_keeps_known_parts_and_sees_only_its_variables() -> None:
    files = {"t.tpl": b"hello ${name}${upper(x)}\n", "bad.tpl": b"${oops}", "self.tpl": b'${templatefile("t.tpl", {})}'}
    here = Plain({"var.name": NAME}, files)
    assert run('templatefile("t.tpl", { name = var.name, x = "a" })', here).parts == ("hello ", NAME, "A\n")
    assert run('templatefile("bad.tpl", {})', here).reason is Reason.INVALID
    assert "oops" in here.problems[-1]
    assert run('templatefile("self.tpl", {})', here).reason is Reason.INVALID
    assert run('templatefile("none.tpl", {})', here).reason is Reason.NOT_SEEN


def test_files_go_through_the_scope() -> None:
    outside = Unknown(Reason.OUTSIDE_ROOT, "../x")
    here = Plain(files={"a.txt": b"hi", "d/b.json": b"{}", "d/e/c.json": b"\xff", "../x": outside})
    assert run('file("a.txt")', here) == "hi"
    assert run('filebase64("d/e/c.json")', here) == "/w=="
    assert run('filemd5("a.txt")', here) == run('md5("hi")')
    assert run('fileexists("nope")', here) is False
    assert run('file("../x")', here) == outside
    assert run('fileset(".", "d/*.json")', here) == ["d/b.json"]
    assert run('fileset(".", "**/*.{json,txt}")', here) == ["a.txt", "d/b.json", "d/e/c.json"]
    assert run('file("d/e/c.json")', here).reason is Reason.INVALID


@pytest.mark.parametrize("text", ["timestamp()", "uuid()", "plantimestamp()", 'bcrypt("x")'])
def test_what_only_the_apply_knows(text: str) -> None:
    assert value(text).reason is Reason.AFTER_APPLY


@pytest.mark.parametrize("text", ["provider::other::parse(1)", "nosuch(1)", 'base64gzip("x")'])
def test_what_is_not_evaluated_is_named(text: str) -> None:
    found = value(text)
    assert found.reason is Reason.NOT_EVALUATED
    assert text.split("(")[0] in found.detail


def test_a_failure_is_reported_once_and_stays_a_failure() -> None:
    here = scope()
    found = run('upper("${[][0] + 1}x")', here)
    assert found.reason is Reason.INVALID
    assert here.problems == ["index 0 is outside the list of 0 elements"]


def test_a_key_with_dots_is_ambiguous_unless_it_stands_in_parentheses() -> None:
    asked = scope(local__key="k")
    found = run("{ local.key = 1 }", asked)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.INVALID
    assert "ambiguous" in asked.problems[0]
    assert run("{ (local.key) = 1 }", asked) == {"k": 1}


def test_a_failure_inside_try_is_not_reported() -> None:
    here = scope()
    assert run("try([][0], try({}.a, 5))", here) == 5
    assert here.problems == []


def test_a_near_name_is_offered() -> None:
    here = scope()
    run("{ instance_type = 1 }.instance-type", here)
    assert here.problems == ['there is no element "instance-type" in this map; did you mean "instance_type"?']


@pytest.mark.parametrize(
    "text",
    [
        "[for a in range(1000) : [for b in range(1000) : 1]]",
        "setproduct(range(1000), range(1000))",
        "[for a in range(1000) : local.big]",
        'replace(local.text, "a", local.text)',
        "join(local.text, [for x in range(100) : x])",
        '"${local.text}${local.text}${local.text}${local.text}"',
        'format("%999999999d", 1)',
        "indent(1000000, local.lines)",
        'replace(local.text, "/a/", local.text)',
        "local.number * local.number",
        'tonumber("1e9999")',
        "local.deep",
        "jsonencode(local.deep)",
        "yamldecode(local.laughs)",
        "yamldecode(local.brackets)",
    ],
)
def test_budgets(text: str) -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(8)
    )
    brackets = "[" * 100_000
    big = list(range(100_000))
    here = Plain(
        {"local.big": big, "local.text": "a" * 900_000, "local.lines": "\n" * 1000, "local.number": 10**1200}
        | {"local.deep": deep, "local.laughs": laughs, "local.brackets": brackets}
    )
    found = run(text, here)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.BUDGET


def test_regular_expressions_are_linear() -> None:
    here = Plain({"local.text": "a" * 50_000 + "b"})
    assert run('can(regex("^(a+)+$", local.text))', here) is False


def test_names_bind_over_the_scope() -> None:
    node = parse_expression("ingress.value.port + each")
    assert not isinstance(node, SyntaxProblem)
    assert evaluate(node, Plain(), {"ingress": {"value": {"port": 1}}, "each": 2}) == 3


def test_a_for_variable_hides_and_then_frees_its_name() -> None:
    assert run("[for x in [1] : [for x in [2] : x][0] + x]") == [3]
    assert run("[[for x in [1] : x], try(x, 0)]") == [[1], 0]


WORDS = [
    "var.name", "aws_vpc.main", "local.ids", "var.tags", "1", '"a"', "true", "null", "[", "]", "{", "}", "(", ")", ", ",
    " + ", " == ", " && ", " ? ", " : ", "!", "-", "[*]", ".a", "[0]", "x", "for x in ", " : ", " = ", "=>", "...",
    "jsonencode(", "try(", "merge(", "length(", "upper(", "toset(", "format(", "range(", '"%s"', '"${', '}"', "1.5",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_expression_makes_it_raise(text: str) -> None:
    node = parse_expression(text)
    if not isinstance(node, SyntaxProblem):
        evaluate(node, scope())


FUNCTIONS = st.sampled_from(registry.names())
ARGUMENTS = st.sampled_from(
    ["var.name", "aws_vpc.main.id", "local.ids", "var.tags", "null", "-1", "1e300", "0.5", '""', '"a"', '"é\\n"', "[]",
     "{}", "true", "toset([1, 2])", "[[1], {}]", "[null]", '"10.0.0.0/8"', '"%d %s"', '"2020-01-01T00:00:00Z"',
     '"[a-z"', '"(a)|b"', "local.mixed", "[var.name, 1]", '"x${var.name}"', '{ a = "é", b = [var.name] }', "99999999"]
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(FUNCTIONS, st.lists(ARGUMENTS, max_size=4))
def test_no_call_makes_it_raise(name: str, arguments: list[str]) -> None:
    node = parse_expression(f"{name}({', '.join(arguments)})")
    assert not isinstance(node, SyntaxProblem)
    evaluate(node, scope(local__mixed=[1, "a", None, {"b": [True]}, NAME]))
