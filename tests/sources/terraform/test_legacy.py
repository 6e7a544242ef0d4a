"""What is still written as Terraform before 0.12 wanted it: what is told, what says the same, what is left alone."""

from __future__ import annotations

import pathlib
import shutil
import subprocess

import pytest

from nephograph.model.answer import Finding
from nephograph.session import open_estate
from nephograph.session.fixes import Fixes, apply


def told(tree, text, name="main.tf"):
    """(form, written, plain, where) of everything in one file."""
    settings = tree.load({name: text}).settings
    found = settings["syntax"].attributes["legacy"] if "syntax" in settings else []
    return [(one["form"], one["written"], one["plain"], one["where"]) for one in found]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('"${var.x}"', "var.x"),
        ('"${ var.x }"', "var.x"),
        ('"${aws_x.y.*.id}"', "aws_x.y.*.id"),
        ('"${lookup(var.m, "k")}"', 'lookup(var.m, "k")'),
        ('"${var.a ? "x" : "y"}"', 'var.a ? "x" : "y"'),
        ('"${"a"}"', '"a"'),
        ('"${{ a = 1 }}"', "{ a = 1 }"),
        ('"${var.a\n}"', None),
    ],
)
def test_a_sequence_alone_is_the_value(tree, written, plain):
    expected = [("interpolation", written, plain, "local.v")]
    assert told(tree, f"locals {{\n  v = {written}\n}}\n") == expected


@pytest.mark.parametrize(
    "written",
    [
        "var.x",
        '"${var.x}-a"',
        '"a${var.x}"',
        '"${var.x}${var.y}"',
        '"$${var.x}"',
        '"%{if var.x}a%{endif}"',
        '{ "${var.x}" = 1 }',
        '"${var.a ? "${var.x}-b" : ""}-a"',
        "<<-EOT\n    ${var.x}\n  EOT",
        "tolist([1])",
        "local.list",
        "provider::a::list(1)",
    ],
)
def test_what_needs_its_quotes_is_left_alone(tree, written):
    assert told(tree, f"locals {{\n  v = {written}\n}}\n") == []


def test_an_operand_keeps_its_bounds(tree):
    said = told(tree, 'locals {\n  v = "${var.a ? 1 : 2}" == 1\n  w = ["${var.a && var.b}"]\n}\n')
    assert [one[2] for one in said] == ["(var.a ? 1 : 2)", "var.a && var.b"]


def test_of_two_within_each_other_the_outer_one_is_told(tree):
    said = told(tree, 'locals {\n  v = "${upper("${var.x}")}"\n}\n')
    assert [one[2] for one in said] == ['upper("${var.x}")']


def test_references_in_quotes(tree):
    text = """
    resource "x_y" "a" {
      provider   = "aws.eu"
      depends_on = ["x_y.b", x_y.c, "x_y.d.*"]
      lifecycle {
        ignore_changes = ["tags", name]
      }
      thing {
        provider   = "aws"
        depends_on = ["x"]
      }
    }
    output "o" {
      value      = 1
      depends_on = ["x_y.a"]
    }
    """
    assert told(tree, text) == [
        ("quoted reference", '"aws.eu"', "aws.eu", "x_y.a"),
        ("quoted reference", '"x_y.b"', "x_y.b", "x_y.a"),
        ("quoted reference", '"x_y.d.*"', None, "x_y.a"),
        ("quoted reference", '"tags"', "tags", "x_y.a"),
        ("quoted reference", '"x_y.a"', "x_y.a", "output.o"),
    ]


def test_what_was_removed(tree):
    text = """
    variable "s" {
      type = "string"
    }
    variable "l" {
      type = "list"
    }
    variable "fine" {
      type = map(list(string))
    }
    resource "x_y" "a" {
      type = "string"
      a    = list("a", var.b)
      m    = map("k", 1, var.k, 2)
      odd  = map("k")
      lifecycle {
        ignore_changes = ["*"]
      }
    }
    """
    assert told(tree, text) == [
        ("removed", '"string"', "string", "var.s"),
        ("removed", '"list"', None, "var.l"),
        ("removed", 'list("a", var.b)', 'tolist(["a", var.b])', "x_y.a"),
        ("removed", 'map("k", 1, var.k, 2)', 'tomap({ "k" = 1, (var.k) = 2 })', "x_y.a"),
        ("removed", 'map("k")', None, "x_y.a"),
        ("removed", '["*"]', "all", "x_y.a"),
    ]


def test_the_json_syntax_has_no_other_way(tree):
    assert told(tree, '{"locals": {"v": "${var.x}"}}', "main.tf.json") == []


def test_no_credential_is_shown(tree):
    (one,) = told(tree, 'locals {\n  v = "${"AKIAQQQQQQQQQQQQQQQQ"}"\n}\n')
    assert "AKIAQQQQQQQQQQQQQQQQ" not in one[1]
    assert one[2] is None


OLD = """
variable "name" {
  type = "string"
}

resource "aws_sqs_queue" "a" {
  name = "${var.name}" # kept
  tags = map("k", "${var.name}")
}

resource "aws_sqs_queue" "b" {
  name       = "${var.name == "" ? "b" : "c"}"
  depends_on = ["aws_sqs_queue.a"]
}
"""
NEW = """
variable "name" {
  type = string
}

resource "aws_sqs_queue" "a" {
  name = var.name # kept
  tags = tomap({ "k" = var.name })
}

resource "aws_sqs_queue" "b" {
  name       = var.name == "" ? "b" : "c"
  depends_on = [aws_sqs_queue.a]
}
"""


def old_forms(folder: pathlib.Path) -> list[Finding]:
    return [f for f in open_estate([str(folder)]).ask("check").findings if f.code.startswith("terraform-syntax-")]


def test_the_fixes_write_the_same_in_todays_words(tmp_path):
    """Each in turn: what stands inside of another one is there when that one is written."""
    file = tmp_path / "main.tf"
    file.write_text(OLD)
    for _ in range(10):
        session = open_estate([str(tmp_path)])
        found = [f for f in session.ask("check").findings if f.code.startswith("terraform-syntax-")]
        if not found:
            break
        assert found[0].fix is not None
        assert found[0].fix.safe
        for path, (_, after) in apply(Fixes(session.reads, session.estate).text_edits(found[0].fix)).items():
            pathlib.Path(path).write_text(after)
    assert file.read_text() == NEW


def test_one_finding_for_all_places_of_a_module(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "main.tf").write_text('module "m" {\n  source = "./m"\n}\n')
    inner = "".join(f'locals {{\n  v{n} = "${{var.x}}"\n}}\n' for n in range(30))
    (tmp_path / "m" / "main.tf").write_text('variable "x" {}\n' + inner)
    (one,) = old_forms(tmp_path)
    assert one.message == "30 places of m with an interpolation that stands alone in quotes"
    assert one.location is not None
    assert (one.location.line, len(one.evidence)) == (3, 11)


@pytest.mark.skipif(shutil.which("terraform") is None, reason="terraform is not installed")
@pytest.mark.parametrize("written", ['"${upper("a")}"', '"${[1, 2]}"', '"${1 == 1 ? "x" : "y"}"', '"${1 > 0}" == true'])
def test_terraform_says_the_same_of_both(tree, tmp_path, written):
    (one,) = told(tree, f"locals {{\n  v = {written}\n}}\n")
    both = [written, written.replace(one[1], one[2])]
    said = [console(f"jsonencode({expression})", tmp_path) for expression in both]
    assert said[0] == said[1] != ""


def console(expression: str, folder: pathlib.Path) -> str:
    """What Terraform makes of an expression."""
    command = ["terraform", "console"]
    return subprocess.run(command, input=expression, text=True, capture_output=True, cwd=folder, check=True).stdout
