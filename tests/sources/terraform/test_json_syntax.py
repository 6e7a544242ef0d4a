"""Configuration in the JSON syntax: the same documents, with origins inside the JSON text."""

import json

import pytest

from nephograph.model.edit import SetAttribute
from nephograph.model.errors import EditError
from nephograph.model.value import Reason, Ref, Unknown

HCL = """
variable "zones" {
  type    = set(string)
  default = ["a", "b"]
}
variable "open" {
  type    = object({ cidr = string, port = optional(number, 22) })
  default = { cidr = "0.0.0.0/0" }
}
locals {
  name = "${var.open.cidr} of ${length(var.zones)}"
}
resource "aws_security_group" "g" {
  name = local.name
  ingress {
    from_port   = var.open.port
    cidr_blocks = [var.open.cidr]
  }
  tags = { "Name of ${local.name}" = "x" }
}
resource "aws_subnet" "s" {
  for_each = var.zones
  zone     = each.key
  group    = aws_security_group.g.ingress[0].from_port
  provider = aws.west
  dynamic "rule" {
    for_each = [80, 443]
    iterator = it
    content {
      port = it.value
    }
  }
  lifecycle {
    ignore_changes = [zone]
  }
}
provider "aws" {
  region = "eu-central-1"
}
provider "aws" {
  alias  = "west"
  region = "us-west-1"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/x"
  }
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
module "m" {
  source    = "./inner"
  providers = { aws = aws.west }
  policy    = data.aws_iam_policy_document.p.json
}
output "out" {
  value = aws_subnet.s["a"].zone
}
moved {
  from = aws_subnet.old["k"]
  to   = aws_subnet.s["a"]
}
"""

JSON = {
    "variable": {
        "zones": {"type": "set(string)", "default": ["a", "b"]},
        "open": {"type": "object({ cidr = string, port = optional(number, 22) })", "default": {"cidr": "0.0.0.0/0"}},
    },
    "locals": {"name": "${var.open.cidr} of ${length(var.zones)}"},
    "resource": {
        "aws_security_group": {
            "g": {
                "//": "a comment",
                "name": "${local.name}",
                "ingress": [{"from_port": "${var.open.port}", "cidr_blocks": ["${var.open.cidr}"]}],
                "tags": {"Name of ${local.name}": "x"},
            }
        },
        "aws_subnet": {
            "s": {
                "for_each": "${var.zones}",
                "zone": "${each.key}",
                "group": "${aws_security_group.g.ingress[0].from_port}",
                "provider": "aws.west",
                "dynamic": {
                    "rule": {"for_each": [80, 443], "iterator": "it", "content": {"port": "${it.value}"}},
                },
                "lifecycle": {"ignore_changes": ["zone"]},
            }
        },
    },
    "provider": {
        "aws": [
            {"region": "eu-central-1"},
            {
                "alias": "west",
                "region": "us-west-1",
                "assume_role": {"role_arn": "arn:aws:iam::123456789012:role/x"},
            },
        ]
    },
    "data": {
        "aws_iam_policy_document": {
            "p": {
                "statement": {
                    "actions": ["s3:*"],
                    "resources": ["*"],
                    "principals": {"type": "AWS", "identifiers": ["*"]},
                }
            }
        }
    },
    "module": {
        "m": {
            "source": "./inner",
            "providers": {"aws": "aws.west"},
            "policy": "${data.aws_iam_policy_document.p.json}",
        }
    },
    "output": {"out": {"value": '${aws_subnet.s["a"].zone}'}},
    "moved": [{"from": 'aws_subnet.old["k"]', "to": 'aws_subnet.s["a"]'}],
}

INNER = 'variable "policy" {}\nresource "aws_iam_policy" "p" {\n  policy = var.policy\n}\n'


def facts(loaded):
    return sorted((d.address, d.attributes, d.scope) for d in loaded.documents), loaded.moved


def test_both_syntaxes_say_the_same(tree, tmp_path):
    native = facts(tree.load({"main.tf": HCL, "inner/main.tf": INNER}))
    (tmp_path / "main.tf").unlink()
    loaded = tree.load({"main.tf.json": json.dumps(JSON, indent=2)})
    assert loaded.codes() == []
    assert loaded.kinds() == []
    assert facts(loaded) == native
    assert loaded.moved == [(".", 'aws_subnet.old["k"]', 'aws_subnet.s["a"]')]
    assert loaded.value('aws_subnet.s["a"]', "rule") == [{"port": 80}, {"port": 443}]
    assert loaded["module.m.aws_iam_policy.p"].scope.account == "123456789012"


def test_origins_stand_in_the_json_text(tree):
    loaded = tree.load({"inner/main.tf": INNER, "main.tf.json": json.dumps(JSON, indent=2)})
    group = "aws_security_group.g"
    assert loaded.said(group, "ingress", 0, "cidr_blocks", 0) == "var.open.cidr"
    assert loaded.causes(group, "ingress", 0, "cidr_blocks", 0)[-1][1] == '"0.0.0.0/0"'
    assert loaded.said(group, "tags") == '{\n          "Name of ${local.name}": "x"\n        }'
    assert loaded.said(group).startswith('"g": {')
    assert (
        loaded.said("module.m.aws_iam_policy.p", "policy", "Statement", 0, "Action")
        == '[\n            "s3:*"\n          ]'
    )


def test_escapes_inside_an_expression_keep_their_places(tree):
    loaded = tree.load(
        {"a.tf.json": json.dumps({"resource": {"x_y": {"z": {"a": '${jsonencode({"k\u00e9y": [1, "tw\\"o"]})}'}}}})}
    )
    assert loaded.value("x_y.z", "a") == '{"k\u00e9y":[1,"tw\\"o"]}'
    assert loaded.said("x_y.z", "a", "k\u00e9y", 0) == "1"


def test_json_and_native_files_make_one_module(tree):
    loaded = tree.load(
        {
            "a.tf": 'variable "v" {}\nresource "x_y" "a" {\n  b = x_y.j.n\n}\n',
            "b.tofu.json": '{"resource": [{"x_y": [{"j": [{"n": "${var.v}"}]}]}]}',
            "b.tf.json": '{"resource": {"x_y": {"never": {}}}}',
            "terraform.tfvars.json": '{"v": "said"}',
        }
    )
    assert sorted(loaded.addresses) == ["x_y.a", "x_y.j"]
    assert loaded.value("x_y.a", "b") == "said"


def test_override_files_of_both_syntaxes_have_their_word_in_order(tree):
    loaded = tree.load(
        {
            "main.tf": 'resource "x_y" "a" {\n  one = 1\n  two = 1\n  three = 1\n  b {\n    c = 1\n  }\n}\n',
            "other.tf.json": '{"resource": {"x_y": {"j": {"one": 1}}}}',
            "a_override.tf.json": '{"resource": {"x_y": {"a": {"two": 2, "three": 2, "b": [{"c": 2}]}}}}',
            "override.tf": 'resource "x_y" "a" {\n  three = 3\n}\nresource "x_y" "j" {\n  one = 2\n}\n',
        }
    )
    assert loaded["x_y.a"].attributes == {"one": 1, "two": 2, "three": 3, "b": [{"c": 2}]}
    assert loaded.value("x_y.j", "one") == 2
    assert loaded.said("x_y.a", "two") == "2"


def test_defaults_and_sources_are_literal(tree):
    loaded = tree.load(
        {
            "a.tf.json": '{"variable": {"v": {"default": "${x}"}},'
            ' "resource": {"x_y": {"z": {"a": "${var.v}", "b": "$${c}"}}}}'
        }
    )
    assert loaded.value("x_y.z", "a") == "${x}"
    assert loaded.value("x_y.z", "b") == "${c}"


@pytest.mark.parametrize(
    ("content", "column", "words"),
    [
        ('{"resource": {"x_y": {"z": {"a": 1,}}}}', 36, "key in quotes"),
        ('{"resource": }', 14, "Expected a value"),
        ('{"a": "b', 7, "Unterminated string"),
        ("{} 1", 4, "end of the file"),
        ('{"resource": {"x_y": {"z": 5}}}', 28, "not a number"),
        ('{"resource": {"x_y": {"z": {"a": "${1 + }"}}}}', 41, "Expected a value"),
        ("[" * 5000, 151, "nest"),
    ],
)
def test_what_is_not_json_is_one_problem_with_its_place(tree, content, column, words):
    loaded = tree.load({"bad.tf.json": content, "good.tf": 'resource "x_y" "a" {\n  v = var.lost\n}\n'})
    (problem,) = loaded.problems
    assert (problem.code, problem.span.line, problem.span.column) == ("syntax", 1, column)
    assert words in problem.message
    assert "x_y.a" in loaded.addresses


def test_an_expression_that_cannot_be_read_costs_itself(tree):
    loaded = tree.load({"bad.tf.json": '{"resource": {"x_y": {"z": {"a": "${1 + }", "b": 2}}}}'})
    assert loaded.value("x_y.z", "a").reason is Reason.BROKEN
    assert loaded.value("x_y.z", "b") == 2


def test_a_suppression_stands_under_the_comment_key(tree):
    loaded = tree.load(
        {"a.tf.json": '{\n"resource": {"x_y": {\n"z": {"//": "neph: ignore[some-code] because it is so"},\n"q": {}}}}'}
    )
    (suppression,) = loaded.suppressions
    assert suppression.codes == ("some-code",)
    assert loaded.text(suppression.covers).startswith('"z": {')


def test_a_block_of_one_object_reads_like_an_argument(tree):
    loaded = tree.load(
        {"a.tf.json": '{"resource": {"x_y": {"z": {"versioning": {"enabled": true}}, "q": {"e": "${x_y.z.arn}"}}}}'}
    )
    assert loaded.value("x_y.z", "versioning") == {"enabled": True}
    assert loaded.said("x_y.z", "versioning", "enabled") == "true"
    assert loaded.value("x_y.q", "e") == Unknown(Reason.AFTER_APPLY, ref=Ref("x_y.z", ("arn",)))


def test_a_value_is_set_where_json_writes_it(tree):
    loaded = tree.load(
        {
            "a.tf.json": '{"variable": {"v": {"default": true}},\n'
            '"resource": {"x_y": {"z": {"a": "${var.v}", "b": {"c": "old"}, "d": "${1 == 2}"}}}}'
        }
    )
    edits = [
        SetAttribute(".", "x_y.z", ("a",), False),
        SetAttribute(".", "x_y.z", ("b", "c"), "${new}"),
        SetAttribute(".", "x_y.z", ("d",), ["x"]),
    ]
    assert tree.edit(loaded.loaded, *edits)["x_y.z"].attributes == {"a": False, "b": {"c": "${new}"}, "d": ["x"]}
    assert '"default": false' in tree.read("a.tf.json")


def test_what_has_no_small_place_in_json_is_not_written(tree):
    loaded = tree.load({"a.tf.json": '{"resource": {"x_y": {"z": {"a": 1}}}}'})
    with pytest.raises(EditError, match="JSON"):
        tree.edit(loaded.loaded, SetAttribute(".", "x_y.z", ("new",), 1))
