"""The parser: shapes, ranges, recovery, and that no text makes it raise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.sources.terraform.syntax import (
    MAX_DEPTH,
    LineMap,
    Node,
    Parsed,
    SyntaxProblem,
    descend,
    parse,
    parse_expression,
    parse_template,
)
from tests.sources.terraform.console import HERE

KINDS = frozenset(
    {"lit", "template", "t_if", "t_for", "wrap", "ref", "get", "item", "splat", "call", "tuple", "object"}
    | {"for_list", "for_map", "cond", "bin", "un", "paren"}
)


def shape(node: Any) -> Any:
    """A node without its offsets."""
    if isinstance(node, tuple) and len(node) > 2 and node[0] in KINDS and isinstance(node[1], int):
        return (node[0], *(shape(part) for part in node[3:]))
    if isinstance(node, tuple):
        return tuple(shape(part) for part in node)
    return node


def expression(text: str) -> Any:
    node = parse_expression(text)
    assert not isinstance(node, SyntaxProblem), node
    return shape(node)


def blocks(parsed: Parsed) -> list[str]:
    return [" ".join((item[3], *(label[2] for label in item[4]))) for item in parsed.body[3] if item[0] == "block"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1", ("lit", 1)),
        ("-1.5", ("lit", -1.5)),
        ("1e3", ("lit", 1000)),
        ("null", ("lit", None)),
        ('"a\\n\\"\\u00e9"', ("lit", 'a\n"é')),
        ("a.b[0].c", ("ref", "a", ("b", 0, "c"))),
        ("{ b.c = 1 }", ("object", ((("ref", "b", ("c",)), ("lit", 1)),))),
        ('a["k"].0', ("ref", "a", ("k", 0))),
        ("a[b.c]", ("ref", "a", (("ref", "b", ("c",)),))),
        ("a - b", ("bin", "-", ("ref", "a", ()), ("ref", "b", ()))),
        ("a-b", ("ref", "a-b", ())),
        ("!a.b", ("un", "!", ("ref", "a", ("b",)))),
        ("f(x...)", ("call", "f", (("ref", "x", ()),), True)),
        ("provider::aws::f()", ("call", "provider::aws::f", (), False)),
        ("[1,\n 2,\n]", ("tuple", (("lit", 1), ("lit", 2)))),
        ('"${a}"', ("wrap", ("ref", "a", ()))),
        ('"x${a}"', ("template", (("lit", "x"), ("ref", "a", ())))),
        ("a[*].b[0]", ("splat", ("ref", "a", ()), ("get", ("item",), ("b", 0)))),
        ("a.*.b[0]", ("get", ("splat", ("ref", "a", ()), ("get", ("item",), ("b",))), (0,))),
        ("(a)", ("paren", ("ref", "a", ()))),
    ],
)
def test_expression_shapes(text: str, wanted: Any) -> None:
    found = expression(text)
    assert found == wanted


def test_an_escape_at_the_start_of_a_line_is_text() -> None:
    assert shape(parse_template("a\n$${x}\n%%{y}")) == ("lit", "a\n${x}\n%{y}")


def test_conditionals_group_to_the_right() -> None:
    node = expression("a ? 1 : b ? 2 : 3")
    assert node == ("cond", ("ref", "a", ()), ("lit", 1), ("cond", ("ref", "b", ()), ("lit", 2), ("lit", 3)))


def test_operators_bind_by_precedence_and_to_the_left() -> None:
    assert expression("1 - 2 - 3") == ("bin", "-", ("bin", "-", ("lit", 1), ("lit", 2)), ("lit", 3))
    assert expression("a || b && c")[1] == "||"
    assert expression("a == b && c")[1] == "&&"
    assert expression("1 + 2 * 3")[1] == "+"
    assert expression("!a == b")[1] == "=="


def test_for_expressions() -> None:
    assert expression("[for v in l : v]") == ("for_list", None, "v", ("ref", "l", ()), ("ref", "v", ()), None)
    node = expression("{for k, v in m : k => v... if v}")
    assert node[:3] == ("for_map", "k", "v")
    assert node[-1] is True


SAMPLE = """# top
resource "aws_s3_bucket" "b" {
  bucket = "x-${var.name}"   # why
  tags = { a = 1, "b c" : var.t
    c = [aws_vpc.main[0].id, "é"] }
  policy = jsonencode({
    Statement = [{ Action = "s3:*" }]
  })
  lifecycle { prevent_destroy = true }
  nested label {}
}
x = 1
"""


def test_ranges_are_those_of_the_text() -> None:
    parsed = parse(SAMPLE)
    assert not parsed.problems
    block = parsed.body[3][0]
    assert SAMPLE[block[1] : block[2]].startswith('resource "aws')
    assert SAMPLE[block[2] - 1] == "}"
    assert [SAMPLE[label[0] : label[1]] for label in block[4]] == ['"aws_s3_bucket"', '"b"']
    assert SAMPLE[block[1] : block[6]] == 'resource "aws_s3_bucket" "b" '
    bucket, tags, policy, lifecycle, nested = block[5][3]
    assert SAMPLE[bucket[1] : bucket[2]] == 'bucket = "x-${var.name}"'
    value = descend(tags[4], ["c", 1])
    assert value is not None
    assert SAMPLE[value[1] : value[2]] == '"é"'
    action = descend(policy[4], ["Statement", 0, "Action"])
    assert action is not None
    assert SAMPLE[action[1] : action[2]] == '"s3:*"'
    assert descend(policy[4], ["Statement", 3]) is None
    assert SAMPLE[lifecycle[1] : lifecycle[2]] == "lifecycle { prevent_destroy = true }"
    assert nested[4][0][2] == "label"
    assert [SAMPLE[start:end] for start, end in parsed.comments] == ["# top", "# why"]


def test_comments_in_the_head_of_a_block_and_before_an_equals_sign() -> None:
    text = 'a /* 1 */ "b" /* 2\n */ "c" {\n  d /* 3 */ = 4 // 5\n  e /**/ {\n  }\n}\nf {}\n'
    parsed = parse(text)
    assert not parsed.problems
    assert blocks(parsed) == ["a b c", "f"]
    inner = parsed.body[3][0][5][3]
    assert [(item[0], item[3], text[item[1] : item[2]]) for item in inner] == [
        ("attr", "d", "d /* 3 */ = 4"),
        ("block", "e", "e /**/ {\n  }"),
    ]
    assert [text[start:end] for start, end in parsed.comments] == ["/* 1 */", "/* 2\n */", "/* 3 */", "// 5", "/**/"]


def test_columns_with_a_byte_order_mark_and_crlf() -> None:
    text = "\ufeff" + 'a = 1\r\nb "x" {\r\n  c = "é" # d\r\n}\r\n'
    parsed = parse(text)
    assert not parsed.problems
    lines = LineMap(text)
    attribute, block = parsed.body[3]
    assert lines.place(attribute[1]) == (1, 1)
    assert lines.place(block[1]) == (2, 1)
    value = block[5][3][0][4]
    assert (value[3], lines.place(value[1]), lines.place(value[2])) == ("é", (3, 7), (3, 10))
    assert [text[start:end] for start, end in parsed.comments] == ["# d"]


BROKEN = {
    "missing value": "  a =\n",
    "unclosed string": '  a = "x\n',
    "single quotes": "  a = 'x'\n",
    "missing comma": "  a = [1 2]\n",
    "bad escape": '  a = "\\d"\n',
    "unclosed list": "  a = [1,\n",
    "unclosed object": "  a = {\n",
    "unclosed call": "  a = f(1\n",
    "unclosed heredoc": "  a = <<EOT\n  text\n",
    "unclosed interpolation": '  a = "${b"\n',
    "stray word": "  a b c\n",
    "unclosed nested block": "  nested {\n",
    "unclosed comment": "  /* a\n",
    "two arguments on a line": "  n { a = 1, b = 2 }\n",
    "template without end": '  a = "%{ if true }x"\n',
    "unknown directive": '  a = "%{ when true }x"\n',
    "nothing behind a dot": "  a = b.\n",
    "bad unicode": '  a = "\\uD800"\n',
    "null character": "  a = \0\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_block_costs_no_other(broken: str) -> None:
    text = (
        'resource "t" "before" {\n  a = 1\n}\n'
        f'resource "t" "broken" {{\n{broken}}}\n'
        'resource "t" "after" {\n  b = <<X\ntext\nX\n}\n'
        'variable "last" {}\n'
    )
    parsed = parse(text)
    assert blocks(parsed) == ["resource t before", "resource t after", "variable last"]
    assert len(parsed.problems) == 1
    problem = parsed.problems[0]
    assert problem.block == 'resource "t" "broken"'
    assert text.index("broken") - 14 <= problem.start < text.index('resource "t" "after"')
    assert problem.message


def test_an_unclosed_block_before_another_mistake_costs_only_itself() -> None:
    text = (
        'resource "t" "open" {\n  a = 1\n\nresource "t" "fine" {\n  b = 2\n}\nresource "t" "bad" {\n  c = ]\n}\n'
        'resource "t" "last" {}\n'
    )
    parsed = parse(text)
    assert blocks(parsed) == ["resource t fine", "resource t last"]
    assert [problem.block for problem in parsed.problems] == ['resource "t" "open"', 'resource "t" "bad"']


def test_what_looks_like_a_block_in_a_heredoc_is_not_one() -> None:
    text = 'resource "t" "bad" {\n  a = ]\n  b = <<X\ndata {\nX\n}\nlocals {\n}\n'
    parsed = parse(text)
    assert blocks(parsed) == ["locals"]


def test_a_repeated_argument_is_named_and_the_first_stands() -> None:
    parsed = parse("a {\n  x = 1\n  x = 2\n}\n")
    (block,) = parsed.body[3]
    assert [item[4][3] for item in block[5][3]] == [1]
    assert "twice" in parsed.problems[0].message


@pytest.mark.parametrize("opener", ["[", "(", "{a=", "f(", '"${', "-(", "[for x in y : ", "a ? ["])
def test_deep_nesting_is_an_error_not_a_crash(opener: str) -> None:
    text = "a = " + opener * 5000
    assert any("deep" in problem.message for problem in parse(text).problems)


def test_deep_blocks_and_directives_are_errors() -> None:
    assert any("deep" in problem.message for problem in parse("a {\n" * 5000).problems)
    node = parse_template("%{ if true }" * 5000 + "%{ endif }" * 5000)
    assert isinstance(node, SyntaxProblem)
    assert "deep" in node.message
    assert MAX_DEPTH >= 50


def test_long_chains_are_not_deep() -> None:
    assert not isinstance(parse_expression(" + ".join(["1"] * 20_000)), SyntaxProblem)
    assert not isinstance(parse_expression("a ? 1 : " * 20_000 + "2"), SyntaxProblem)
    assert not isinstance(parse_expression("a" + ".b" * 20_000), SyntaxProblem)
    assert isinstance(parse_expression("!" * 20_000 + "a"), SyntaxProblem)


def test_a_hostile_number_is_an_error() -> None:
    assert isinstance(parse_expression("9" * 5000), SyntaxProblem)
    assert isinstance(parse_expression("1e999999999"), SyntaxProblem)


def test_many_unclosed_blocks_stop_with_a_word() -> None:
    parsed = parse('resource "a" "b" {\n x = ]\n' * 3000)
    assert len(parsed.problems) <= 102
    assert "not read" in parsed.problems[-1].message


def test_the_problems_read_well() -> None:
    (problem,) = parse('resource "a" "b" {\n  x = \'y\'\n}\n').problems
    assert problem.message == 'Expected a value, not "\'".'
    assert problem.help == 'Strings stand in double quotes: "…".'
    (problem,) = parse('resource "a" "b" {\n  x = 1\n').problems
    assert problem.message == "This block is not closed when the file ends."


PIECES = [
    "a", "b.c", "[0]", ".*", "[*]", " = ", "\n", "{", "}", "[", "]", "(", ")", '"', "${", "%{", "~", "<<EOT\n", "EOT\n",
    "<<-X\n", "for x in y :", " if ", " ? ", " : ", "...", "=>", "#c", "//", "/*", "*/", "1", "1.5", "-", "!", "&&",
    ",", "\\", "$${", "é", "\0", "\r\n", "\ufeff", 'resource "a" "b" {\n', "}\n", "else", "endif", "endfor", "true",
    "::", "null",
]  # fmt: skip


def _check(parsed: Parsed, size: int) -> None:
    def walk(node: Node) -> None:
        assert 0 <= node[1] <= node[2] <= size
        if node[0] == "body":
            for item in node[3]:
                walk(item)
        elif node[0] == "block":
            walk(node[5])
        elif node[0] == "attr":
            assert node[1] <= node[4][1] <= node[4][2] <= node[2]

    walk(parsed.body)
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= size + 1


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    _check(parse(text), len(text))
    parse_expression(text)
    parse_template(text)


TEXT = (HERE / "data" / "templates.tf").read_text() + SAMPLE


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 5), st.sampled_from(PIECES) | st.text(max_size=3))
def test_a_mutation_costs_at_most_what_stands_around_it(position: int, cut: int, insert: str) -> None:
    text = TEXT[:position] + insert + TEXT[position + cut :]
    parsed = parse(text)
    _check(parsed, len(text))
    assert len(blocks(parsed)) >= 1
