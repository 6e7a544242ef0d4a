"""Nothing a tree contains makes a load raise, run anything, or lose what is intact."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nephograph.model.source import LoadOptions
from nephograph.model.value import Unknown
from nephograph.sources.terraform import SOURCE, context
from nephograph.sources.terraform.settings import SettingDocument

GOOD = 'resource "x_y" "good" {\n  v = 1\n}\n'


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("big.tf", lambda file: os.truncate(_touch(file), 50 * 1024 * 1024), "too-large"),
        ("bad.tf", lambda file: file.write_bytes(b'a = "\xff"\n'), "invalid-utf8"),
        ("pipe.tf", os.mkfifo, "not-a-file"),
        ("loop.tf", lambda file: file.symlink_to(file.name), "symlink-loop"),
        ("gone.tf", lambda file: file.symlink_to("nowhere"), "unreadable"),
        ("broken.tf", lambda file: file.write_text('resource "x_y" "b" {\n  v = \n}\n'), "syntax"),
    ],
)
def test_one_bad_file_is_one_problem_and_nothing_else_is_lost(tree, name, make, code):
    make(tree.path / name)
    loaded = tree.load(GOOD)
    assert loaded.codes() == [code]
    assert loaded.problems[0].help
    assert loaded.problems[0].span.file == name
    assert loaded.addresses == ["x_y.good"]


def _touch(file):
    file.touch()
    return file


def test_a_directory_that_may_not_be_listed_is_one_problem(tree, monkeypatch):
    (tree.path / "closed").mkdir()
    real = os.scandir

    def refuse(path="."):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    loaded = tree.load(GOOD)
    assert loaded.codes() == ["permission"]
    assert loaded.addresses == ["x_y.good"]


def test_nothing_of_the_tree_is_executed(tree):
    marker = tree.path / "ran"
    loaded = tree.load(
        f'data "external" "e" {{\n  program = ["touch", "{marker}"]\n}}\n'
        f'resource "null_resource" "n" {{\n  provisioner "local-exec" {{\n    command = "touch {marker}"\n  }}\n}}\n'
        'resource "x_y" "z" {\n  v = data.external.e.result\n}\n'
    )
    assert not marker.exists()
    assert isinstance(loaded.value("x_y.z", "v"), Unknown)


@pytest.mark.parametrize(
    "expression",
    [
        "[" * 5000 + "]" * 5000,
        "(" * 3000 + "1" + ")" * 3000,
        "range(1000000000)",
        'join("", [for i in range(1000) : join("", [for j in range(1000) : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])])',
        "setproduct(range(1000), range(1000), range(1000))",
        'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")',
        "1" + " + 1" * 20000,
        "9999999999999999999999999999 * 9999999999999999999999999999999",
        'format("%1000000000d", 1)',
        "!" * 5000 + "true",
    ],
)
def test_bombs_end(tree, expression):
    loaded = tree.load(GOOD + f'resource "x_y" "bomb" {{\n  v = {expression}\n}}\n')
    assert "x_y.good" in loaded.addresses


def test_doubling_locals_end(tree):
    lines = "".join(
        f"  l{i} = [local.l{i - 1}, local.l{i - 1}, local.l{i - 1}, local.l{i - 1}]\n" for i in range(1, 60)
    )
    loaded = tree.load(GOOD + f'locals {{\n  l0 = ["x", "y"]\n{lines}}}\nresource "x_y" "z" {{\n  v = local.l59\n}}\n')
    assert isinstance(loaded.value("x_y.z", "v"), Unknown)


def test_a_bomb_of_generated_blocks_ends_and_is_named(tree, monkeypatch):
    monkeypatch.setattr(context, "MAX_GENERATED_BLOCKS", 5_000)
    inner = "a { }"
    for _ in range(4):
        inner = 'dynamic "a" {\n for_each = range(100)\n content {\n' + inner.replace("a { }", "v = 1") + "\n }\n}"
    loaded = tree.load(GOOD + f'resource "x_y" "bomb" {{\n{inner}\n}}\n')
    assert "budget" in {gap.kind for gap in loaded.gaps}
    assert "x_y.good" in loaded.addresses


def test_a_large_value_that_many_instances_share_is_kept_once(tree):
    loaded = tree.load('locals {\n  big = range(1000)\n}\nresource "x_y" "n" {\n  count = 2000\n  v = local.big\n}\n')
    assert len({id(document.attributes["v"]) for document in loaded.documents}) == 1


def test_large_texts_of_many_instances_are_bounded(tree, monkeypatch):
    monkeypatch.setattr(context, "MAX_LARGE_TEXT", 200_000)
    loaded = tree.load('resource "x_y" "n" {\n  count = 50\n  v = join("", [for i in range(1000) : "0123456789"])\n}\n')
    held = [document.attributes["v"] for document in loaded.documents]
    assert sum(isinstance(value, str) for value in held) == 20
    assert "budget" in {gap.kind for gap in loaded.gaps}


@pytest.mark.parametrize("comment", ["neph: ignore because " + " " * 200_000 + "x", "trivy:ignore:" + "a-" * 100_000])
def test_endless_comments_end(tree, comment):
    assert tree.load(f"# {comment}\n" + GOOD).addresses == ["x_y.good"]


def test_endless_lines_are_clipped_before_they_are_masked(tree):
    loaded = tree.load(GOOD + '# "' + "eyJaaaaaaaaa-" * 100_000 + '"\n')
    assert len(loaded.excerpts.line("main.tf", 4)) == 2_000


SEED = """variable "v" {
  type    = map(object({ port = number, cidrs = optional(list(string), []) }))
  default = { ssh = { port = 22, cidrs = ["0.0.0.0/0"] } }
}
locals {
  a = { for k, v in var.v : k => v.port if v.port > 10 }
  b = jsonencode({ Statement = [{ Action = "*", Resource = aws_s3_bucket.b["x"].arn }] })
}
provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/x"
  }
}
data "aws_iam_policy_document" "p" {
  statement {
    actions = ["s3:*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-1"]
    }
  }
}
resource "aws_s3_bucket" "b" {
  for_each = toset(["x", "y"])
  bucket   = "${each.key}-${local.a["ssh"]}"
  policy   = data.aws_iam_policy_document.p.json
  other    = local.b
  text     = <<-EOT
    {"Statement": [{"Effect": "Allow"}]}
  EOT
  dynamic "rule" {
    for_each = var.v
    content {
      port = rule.value.port
      cidr = rule.value.cidrs
    }
  }
}
module "m" {
  source = "./m"
  count  = length(var.v)
  name   = aws_s3_bucket.b["x"].bucket
  providers = {
    aws = aws
  }
}
output "o" {
  value = module.m[0].out
}
"""
INNER = """variable "name" { type = string }
resource "aws_sqs_queue" "q" {
  name = var.name
  nested { a = [for i in range(3) : i] }
}
output "out" { value = aws_sqs_queue.q.arn }
"""
TOKENS = [
    *(
        "{",
        "}",
        "[",
        "]",
        '"',
        "${",
        "}",
        "=",
        "\n",
        "null",
        "var.v",
        "each.value",
        "count.index",
        "self.id",
        "...",
        "*",
    ),
    *("for_each = 1\n", "count = -1\n", "statement = 1\n", "version = 3\n", "<<EOT\n", "true", "?", ":", "local.a"),
    *("module.m", "data.aws_iam_policy_document.p.json", "\ud7ff", "0x", 'dynamic "rule" {}\n', "1e400", "-", "!"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), cuts=st.integers(1, 6))
def test_no_mutation_of_a_tree_makes_it_raise(tmp_path_factory, seed, cuts):
    random_ = random.Random(seed)
    path = tmp_path_factory.mktemp("tree")
    files = {"main.tf": SEED, "m/m.tf": INNER}
    for _ in range(cuts):
        name = random_.choice(["main.tf", "main.tf", "m/m.tf"])
        text = files[name]
        start = random_.randrange(len(text) + 1)
        end = min(len(text), start + random_.choice([0, 0, 1, 3, 20, 200]))
        other = random_.randrange(len(SEED))
        insert = random_.choice([random_.choice(TOKENS), "", SEED[other : other + random_.randrange(60)]])
        files[name] = text[:start] + insert + text[end:]
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    loaded = SOURCE.load(path, ".", LoadOptions(), lambda *_: None)
    assert loaded.seen == sum(1 for one in loaded.documents if not isinstance(one, SettingDocument))
    for document in loaded.documents:
        _walk(document, (), document.attributes, [200])


def _walk(document, path, value, left):
    """Every path of a document has an origin, and asking for it never raises."""
    left[0] -= 1
    if left[0] < 0:
        return
    document.origin(path)
    document.origin((*path, "Statement", 0, "Action"))
    if isinstance(value, dict):
        for key, inner in value.items():
            _walk(document, (*path, key), inner, left)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _walk(document, (*path, position), inner, left)
