"""A warm answer is the cold answer: random edits of generated trees and of an example, byte for byte."""

from __future__ import annotations

import pathlib
import random
import shutil

import pytest

from nephograph.session.warm import WarmSession
from tests.support.warm import TODAY, cold, said, walk

SHOP = pathlib.Path(__file__).parents[3] / "examples" / "shop"

ROOT = """\
provider "aws" {
  region = "eu-central-1"
}

variable "stage" {
  default = "prod"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

module "a" {
  source = "./modules/thing"
  stage  = var.stage
  vpc    = aws_vpc.main.id
  open   = true
}

module "b" {
  source = "./modules/thing"
  stage  = "test"
  vpc    = module.a.vpc
  open   = false
}

resource "aws_s3_bucket" "logs" {
  bucket = "logs-${module.a.name}"
}
"""

THING = """\
variable "stage" {
  type = string
}

variable "vpc" {
  type = string
}

variable "open" {
  type    = bool
  default = false
}

locals {
  tags = { Stage = var.stage }
}

# The place of things.
resource "aws_s3_bucket" "it" {
  bucket = "things-${var.stage}"
  tags   = local.tags
}

resource "aws_s3_bucket_acl" "it" {
  bucket = aws_s3_bucket.it.id
  acl    = var.open ? "public-read" : "private"
}

resource "aws_ebs_volume" "it" {
  for_each          = toset(["a", "b"])
  availability_zone = "eu-central-1${each.key}"
  size              = 10
  encrypted         = false
}

resource "aws_security_group" "it" {
  name   = "it-${var.stage}"
  vpc_id = var.vpc

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.open ? ["0.0.0.0/0"] : ["10.0.0.0/8"]
  }
}

data "aws_iam_policy_document" "it" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "it" {
  name = "it-${var.stage}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "it" {
  name   = "it"
  role   = aws_iam_role.it.id
  policy = data.aws_iam_policy_document.it.json
}

output "name" {
  value = aws_s3_bucket.it.bucket
}

output "vpc" {
  value = var.vpc
}
"""

SWAPS = (
    ("false", "true"),
    ("true", "false"),
    ('"prod"', '"dev"'),
    ("22", "443"),
    ('"s3:*"', '"s3:GetObject"'),
    ('"*"', '"arn:aws:s3:::x"'),
    ("0.0.0.0/0", "192.0.2.0/24"),
    ("10.0.0.0/16", "10.1.0.0/16"),
    ("size              = 10", "size              = 20"),
    ("{ Stage = var.stage }", '{ Stage = "x", Owner = "y" }'),
    ('["a", "b"]', '["a"]'),
    ("private", "public-read-write"),
    ("var.stage\n", '"other"\n'),
    ("resource ", "# a note\nresource "),
    ("{\n", "{\n  # inside\n"),
    ("\n\n", "\n\n\n"),
    ("\n\n", "\n# neph: ignore\n"),
    ("}\n", "\n"),
    ('"it"', '"that"'),
    ("encrypted         = false\n", ""),
    ("ec2.amazonaws.com", "lambda.amazonaws.com"),
    ("module.a.name", "module.b.name"),
    ("aws_vpc.main.id", '"vpc-1"'),
    ("region = ", "region  = "),
    ("eu-central-1", "us-east-1"),
)


def generated(path: pathlib.Path) -> pathlib.Path:
    (path / "modules" / "thing").mkdir(parents=True)
    (path / "main.tf").write_text(ROOT)
    (path / "modules" / "thing" / "main.tf").write_text(THING)
    return path


@pytest.mark.parametrize("seed", range(6))
def test_random_edits_of_a_generated_tree(tmp_path: pathlib.Path, seed: int) -> None:
    assert walk(generated(tmp_path / "tree"), SWAPS, random.Random(seed), 14) >= 3


@pytest.mark.parametrize("seed", range(2))
def test_random_edits_of_the_example(tmp_path: pathlib.Path, seed: int) -> None:
    shutil.copytree(SHOP, tmp_path / "shop", ignore=shutil.ignore_patterns("*.json", "*.tfstate"))
    assert walk(tmp_path / "shop", SWAPS, random.Random(seed), 5) > 0


def test_a_buffer_stands_for_the_file_until_it_is_refreshed(tmp_path: pathlib.Path) -> None:
    tree = generated(tmp_path / "tree")
    file = tree / "modules" / "thing" / "main.tf"
    session = WarmSession(str(tree), today=TODAY)
    at_first = said(session.answer())
    text = THING.replace("encrypted         = false", "encrypted         = true")
    assert said(session.edit(str(file), text)) != at_first
    assert said(session.edit(str(tree / "main.tf"), ROOT)) != at_first
    assert said(session.refresh([str(file)])) == at_first == cold(tree)


def test_what_an_edit_reaches_does_not_grow_with_the_tree(tmp_path: pathlib.Path) -> None:
    counts = []
    for size in (2, 12):
        tree = tmp_path / str(size)
        generated(tree)
        calls = []
        for number in range(size):
            shutil.copytree(tree / "modules" / "thing", tree / "modules" / f"m{number}")
            calls.append(
                f'module "m{number}" {{\n  source = "./modules/m{number}"\n  stage  = "s{number}"\n  vpc = "v"\n}}\n'
            )
        (tree / "more.tf").write_text("\n".join(calls))
        session = WarmSession(str(tree), today=TODAY)
        file = tree / "modules" / "m1" / "main.tf"
        session.edit(str(file), THING.replace("encrypted         = false", "encrypted         = true"))
        assert session.last.anew == ""
        assert (session.last.instances, session.last.engines) == (2, False)
        one = session.last.checked
        # A policy is asked about: who has asked the engines something that has another answer now is checked again.
        said_before = said(session.answer())
        session.edit(str(file), THING.replace('"s3:*"', '"s3:GetObject"'))
        assert (session.last.anew, session.last.engines) == ("", False)
        assert said(session.answer()) != said_before
        counts.append((one, session.last.checked))
    # Its resources, and those whose findings show lines of the file: fewer than two modules have.
    assert counts[0] == counts[1]
    assert max(counts[0]) < 12


def test_a_block_that_is_being_typed_takes_nothing_away(tmp_path: pathlib.Path) -> None:
    tree = generated(tmp_path / "tree")
    file, other = tree / "modules" / "thing" / "main.tf", tree / "main.tf"
    session = WarmSession(str(tree), today=TODAY)
    at_first = session.answer()
    answer = session.edit(str(file), THING.replace("encrypted         = false", "encrypted         = "))
    assert answer.findings == at_first.findings
    assert [error.code for error in answer.errors] == ["syntax"]
    assert session.last.behind == (str(file),)
    assert session.last.anew == ""
    # What is edited elsewhere meanwhile is followed, and the broken text once it is whole.
    session.edit(str(other), ROOT.replace("10.0.0.0/16", "10.9.0.0/16"))
    assert session.last.behind == (str(file),)
    whole = THING.replace("encrypted         = false", "encrypted         = true")
    file.write_text(whole)
    other.write_text(ROOT.replace("10.0.0.0/16", "10.9.0.0/16"))
    assert said(session.edit(str(file), whole)) == cold(tree)
    assert session.last.behind == ()
