"""Blocks that are no infrastructure: import, removed, check, ephemeral, conditions, provider names and functions."""

import pytest

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.assertions import CONDITIONS


def test_an_import_gives_the_resource_its_id(tree):
    loaded = tree.load(
        'variable "n" {\n  default = "one"\n}\n'
        'resource "x_y" "a" {}\nresource "x_y" "b" {\n  for_each = toset(["k.1"])\n}\n'
        'import {\n  to = x_y.a\n  id = "bucket-${var.n}"\n}\n'
        'import {\n  to = x_y.b["k.1"]\n  id = "arn:aws:x:::b"\n}\n'
    )
    assert loaded.value("x_y.a", "id") == "bucket-one"
    assert loaded.said("x_y.a", "id") == '"bucket-${var.n}"'
    assert loaded.causes("x_y.a", "id")[-1] == ("default of variable n", '"one"')
    assert loaded.value('x_y.b["k.1"]', "id") == "arn:aws:x:::b"
    assert loaded.gaps == []


def test_imports_reach_into_modules_and_are_multiplied(tree):
    loaded = tree.load(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  for_each = toset(["a", "b"])\n}\n'
            'import {\n  for_each = { a = "id-a", b = "id-b" }\n'
            "  to = module.m[each.key].x_y.z[0]\n  id = each.value\n}\n",
            "m/m.tf": 'resource "x_y" "z" {\n  count = 1\n}\n',
        }
    )
    assert loaded.value('module.m["a"].x_y.z[0]', "id") == "id-a"
    assert loaded.value('module.m["b"].x_y.z[0]', "id") == "id-b"


@pytest.mark.parametrize(
    "id", ["rtb-0a1_10.0.0.0/16", "role/arn:aws:iam::aws:policy/x", "b,123456789012", "a:b", "sg-0_x"]
)
def test_an_import_id_of_several_parts_is_not_the_id(tree, id):
    loaded = tree.load(f'resource "x_y" "a" {{}}\nimport {{\n  to = x_y.a\n  id = "{id}"\n}}\n')
    assert "id" not in loaded["x_y.a"].attributes


def test_an_import_whose_resource_is_not_declared_is_named(tree):
    loaded = tree.load('import {\n  to = x_y.gone\n  id = "1"\n}\nimport {\n  to = x_y.gone[var.k]\n  id = "1"\n}\n')
    assert [subject for kind, subject in loaded.kinds() if kind == "import"] == [
        "import of x_y.gone",
        "import of x_y.gone[var.k]",
    ]


def test_an_import_over_what_is_not_known_is_named(tree):
    loaded = tree.load(
        'variable "on" {}\nresource "x_y" "a" {}\n'
        'import {\n  for_each = var.on ? ["a"] : []\n  to = x_y.a\n  id = "1"\n}\n'
    )
    (gap,) = loaded.gaps
    assert (gap.kind, gap.subject) == ("import", "import")
    assert "var.on" in gap.why


def test_a_removed_block_is_named_with_what_becomes_of_the_object(tree):
    loaded = tree.load(
        "removed {\n  from = x_y.a\n}\nremoved {\n  from = x_y.b\n  lifecycle {\n    destroy = false\n  }\n}\n"
    )
    assert [(gap.kind, gap.subject, "lives on" in gap.why) for gap in loaded.gaps] == [
        ("removed", "removed x_y.a", False),
        ("removed", "removed x_y.b", True),
    ]


def test_a_check_counts_its_data_source_and_names_that_conditions_are_not_evaluated(tree):
    loaded = tree.load(
        'check "health" {\n  data "http" "up" {\n    url = "https://x"\n  }\n'
        '  assert {\n    condition = data.http.up.status_code == 200\n    error_message = "down"\n  }\n}\n'
    )
    assert loaded.kinds() == [("data-source", "check.health: data.http.up")]
    assert loaded.assumptions == [CONDITIONS]


def test_lifecycle_is_no_attribute_and_its_conditions_are_named(tree):
    loaded = tree.load(
        'resource "x_y" "a" {\n  v = 1\n  lifecycle {\n    ignore_changes = [v]\n'
        '    precondition {\n      condition = false\n      error_message = "no"\n    }\n  }\n}\n'
    )
    assert loaded["x_y.a"].attributes == {"v": 1}
    assert loaded.assumptions == [CONDITIONS]
    assert loaded.gaps == []


def test_an_ephemeral_resource_is_named_and_what_is_taken_from_it_unknown(tree):
    loaded = tree.load(
        'ephemeral "x_secret" "s" {}\nresource "x_y" "a" {\n  password_wo = ephemeral.x_secret.s.value\n}\n'
    )
    assert loaded.kinds() == [("ephemeral", "ephemeral.x_secret.s")]
    assert loaded.value("x_y.a", "password_wo").reason is Reason.NOT_EVALUATED


def test_a_backend_changes_nothing(tree):
    loaded = tree.load(
        'terraform {\n  backend "nobody-knows" {\n    x = 1\n  }\n}\n'
        'terraform {\n  cloud {\n    organization = "o"\n  }\n}\n'
        'resource "x_y" "a" {}\n'
    )
    assert loaded.addresses == ["x_y.a"]
    assert loaded.gaps == []
    assert loaded.problems == []


def test_a_provider_of_another_name_is_known_by_its_source(tree):
    loaded = tree.load(
        'terraform {\n  required_providers {\n    cloud = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
        'provider "cloud" {\n  region = "eu-west-3"\n}\nresource "aws_vpc" "a" {\n  provider = cloud\n}\n'
    )
    assert (loaded["aws_vpc.a"].scope.provider, loaded["aws_vpc.a"].scope.region) == ("aws", "eu-west-3")


def test_functions_of_the_aws_provider_need_no_cloud(tree):
    loaded = tree.load(
        'variable "account" {}\nresource "x_y" "a" {\n'
        '  a = provider::aws::arn_parse("arn:aws:iam::123456789012:role/p/r").account_id\n'
        '  b = provider::aws::arn_build("aws", "iam", "", var.account, "role/r")\n'
        '  c = provider::aws::trim_iam_role_path("arn:aws:iam::1:role/p/q/r")\n'
        '  d = provider::aws::arn_parse("x")\n}\n'
    )
    attributes = loaded["x_y.a"].attributes
    assert attributes["a"] == "123456789012"
    assert isinstance(attributes["b"], Unknown)
    assert attributes["b"].symbol == "arn:aws:iam::\u27e8var.account\u27e9:role/r"
    assert attributes["c"] == "arn:aws:iam::1:role/r"
    assert attributes["d"].reason is Reason.INVALID
