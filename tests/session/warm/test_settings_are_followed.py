"""Edits of what configuration says of itself: the warm answer is the cold one."""

from __future__ import annotations

import pathlib

import msgspec
import pytest

from nephograph.lenses.check import CheckAsk
from nephograph.model.answer import Answer
from nephograph.session import open_estate
from nephograph.session.warm import WarmSession

MAIN = """
provider "aws" {
  region = "eu-west-1"
}

variable "db_password" {
  type = string
}

module "m" {
  source = "./m"
}

module "vpc" {
  source = "acme/vpc/aws"
}

output "login" {
  value = var.db_password
}

resource "aws_sqs_queue" "q" {
  name = "q"
}
"""
INNER = 'resource "aws_sqs_queue" "inner" {\n  name = "inner"\n}\n'


def told(answer: Answer) -> list[tuple[object, ...]]:
    return [(f.code, f.resource.address, f.verdict, f.message, str(f.location)) for f in answer.findings]


OLD_FORM = """
resource "aws_sqs_queue" "a" {
  name = "${"a"}"
}

resource "aws_sqs_queue" "b" {
  name = "b"
}

resource "aws_sqs_queue" "c" {
  name = "${"c"}"
  tags = { "x" = "y" }
}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  name = "b"\n', '  name = "b2"\n'),
        ('  name = "b"\n', '  name = "b"\n\n  tags = { k = "v" }\n'),
        ('  name = "b"\n', '  name = "${"b"}"\n'),
        ('  name = "${"a"}"\n', '  name = "a"\n'),
        ('  name = "${"c"}"\n', '  name = "${"cc"}"\n'),
        ('{ "x" = "y" }', '{ "x" = "${"y"}" }'),
    ],
)
def test_old_forms_are_followed(tmp_path: pathlib.Path, old: str, new: str) -> None:
    file = tmp_path / "main.tf"
    file.write_text(OLD_FORM)
    warm = WarmSession(str(tmp_path), today="2026-01-01")
    for text in (OLD_FORM.replace(old, new), OLD_FORM):
        file.write_text(text)
        cold = open_estate([str(tmp_path)], today="2026-01-01").ask(CheckAsk(paths=(str(tmp_path),)))
        warmed = warm.edit(str(file), text)
        assert told(warmed) == told(cold)
        assert [(f.evidence, f.fix and f.fix.diff) for f in warmed.findings] == [
            (f.evidence, f.fix and f.fix.diff) for f in cold.findings
        ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  type = string\n", "  type = string\n  sensitive = true\n"),
        ("  type = string\n", '  type = string\n  default = "hunter2"\n'),
        ('  source = "acme/vpc/aws"\n', '  source = "acme/vpc/aws"\n  version = "1.2.3"\n'),
        ("  value = var.db_password\n", "  value = 1\n"),
        ('  name = "q"\n', '  name = "q"\n  provisioner "local-exec" {\n    command = "true"\n  }\n'),
        ('  name = "q"\n', '  name = "q"\n  lifecycle {\n    ignore_changes = all\n  }\n'),
        ('  name = "q"\n', '  name = "${"q"}"\n'),
        ('  name = "q"\n', '  name = "q"\n  depends_on = ["aws_sqs_queue.q2"]\n'),
        ('provider "aws" {\n', '# a line\nprovider "aws" {\n  access_key = "AKIAQQQQQQQQQQQQQQQQ"\n'),
        ('variable "db_password"', '# a line more\n\nvariable "db_password"'),
    ],
)
def test_an_edit_there_and_back(tmp_path: pathlib.Path, old: str, new: str) -> None:
    file = tmp_path / "main.tf"
    file.write_text(MAIN)
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.tf").write_text(INNER)
    warm = WarmSession(str(tmp_path), today="2026-01-01")
    before = told(warm.answer())
    for text in (MAIN.replace(old, new), MAIN):
        assert text != MAIN or old in MAIN
        file.write_text(text)
        cold = open_estate([str(tmp_path)], today="2026-01-01").ask(CheckAsk(paths=(str(tmp_path),)))
        warmed = warm.edit(str(file), text)
        assert told(warmed) == told(cold)
        assert msgspec.structs.replace(warmed.coverage) == cold.coverage
    assert told(warm.answer()) == before
    assert before
