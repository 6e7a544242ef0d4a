"""Modules: instances, inputs and outputs, sources, roots, providers."""

import json

import pytest

from nephograph.model.source import Scope
from nephograph.model.value import Reason, Ref, Unknown

INNER = (
    'variable "name" {\n  default = "none"\n}\nresource "x_y" "q" {\n  name = var.name\n}\n'
    'output "id" {\n  value = x_y.q.id\n}\noutput "name" {\n  value = "${var.name}!"\n}\n'
)


def test_a_module_is_loaded_with_its_arguments_and_outputs(tree):
    loaded = tree.load(
        {
            "main.tf": 'module "m" {\n  source = "./inner"\n  name   = "n"\n}\n'
            'resource "x_y" "z" {\n  id = module.m.id\n  name = module.m.name\n}\n',
            "inner/inner.tf": INNER,
        }
    )
    assert loaded.addresses == ["x_y.z", "module.m.x_y.q"]
    assert loaded.value("module.m.x_y.q", "name") == "n"
    assert loaded.value("x_y.z", "name") == "n!"
    assert loaded.value("x_y.z", "id") == Unknown(Reason.AFTER_APPLY, ref=Ref("module.m.x_y.q", ("id",)))
    assert {document.root for document in loaded.documents} == {"."}


def test_modules_are_multiplied_and_nest(tree):
    loaded = tree.load(
        {
            "main.tf": 'module "a" {\n  source = "./a"\n  for_each = { x = "1", y = "2" }\n  name = each.value\n}\n'
            'resource "x_y" "z" {\n  one = module.a["x"].names\n  all = [for k, m in module.a : m.names[0]]\n}\n',
            "a/a.tf": 'variable "name" {}\nmodule "b" {\n  source = "../b"\n'
            '  count = 2\n  name = "${var.name}${count.index}"\n}\n'
            'output "names" {\n  value = module.b[*].name\n}\n',
            "b/b.tf": INNER,
        }
    )
    assert loaded.addresses[1:] == [f'module.a["{k}"].module.b[{i}].x_y.q' for k in "xy" for i in (0, 1)]
    assert loaded.value('module.a["y"].module.b[1].x_y.q', "name") == "21"
    assert loaded.value("x_y.z", "one") == ["10!", "11!"]
    assert loaded.value("x_y.z", "all") == ["10!", "20!"]


@pytest.mark.parametrize("number", [60, 200])
def test_every_module_call_is_loaded(tree, number):
    calls = "".join(f'module "m{i}" {{\n  source = "./inner"\n  name   = "n{i}"\n}}\n' for i in range(number))
    loaded = tree.load({"main.tf": calls, "inner/inner.tf": INNER})
    assert loaded.seen == len(loaded.documents) == number
    assert {document.attributes["name"] for document in loaded.documents} == {f"n{i}" for i in range(number)}


def test_every_module_of_its_own_directory_is_loaded(tree):
    files = {"main.tf": "".join(f'module "m{i}" {{\n  source = "./m{i}"\n}}\n' for i in range(60))}
    files |= {f"m{i}/m.tf": INNER for i in range(60)}
    assert tree.load(files).seen == 60


def test_directories_that_nobody_calls_are_roots(tree):
    loaded = tree.load(
        {
            "live/main.tf": 'module "m" {\n  source = "../inner"\n}\n',
            "test/main.tf": 'module "m" {\n  source = "../inner/"\n}\n',
            "inner/inner.tf": INNER,
            "alone/main.tf": 'resource "x_y" "a" {}\n',
        }
    )
    assert sorted((d.root, d.address) for d in loaded.documents) == [
        ("alone", "x_y.a"),
        ("live", "module.m.x_y.q"),
        ("test", "module.m.x_y.q"),
    ]


def test_a_missing_local_module_is_a_problem_and_the_rest_goes_on(tree):
    loaded = tree.load(
        'module "gone" {\n  source = "./gone"\n}\nresource "x_y" "z" {\n  a = module.gone.id\n  b = 1\n}\n'
    )
    assert loaded.codes() == ["missing-module"]
    assert loaded.text(loaded.problems[0].span) == '"./gone"'
    assert "gone" in loaded.problems[0].message
    assert loaded.value("x_y.z", "a") == Unknown(Reason.ABSENT_MODULE, "module.gone.id")
    assert loaded.value("x_y.z", "b") == 1


def test_a_module_of_a_registry_is_named_with_its_source(tree):
    loaded = tree.load(
        'module "vpc" {\n  source  = "somebody/vpc/aws"\n  version = "5.0"\n}\n'
        'resource "x_y" "z" {\n  a = module.vpc.subnets[0]\n}\n'
    )
    (gap,) = loaded.gaps
    assert (gap.kind, gap.subject, gap.count) == ("absent-module", "module.vpc", 1)
    assert "somebody/vpc/aws" in gap.why
    assert loaded.value("x_y.z", "a").reason is Reason.ABSENT_MODULE
    assert loaded.problems == []


def test_an_installed_module_is_found_through_its_manifest(tree):
    manifest = {"Modules": [{"Key": "vpc", "Source": "x/vpc/aws", "Dir": ".terraform/modules/vpc"}]}
    loaded = tree.load(
        {
            "main.tf": 'module "vpc" {\n  source = "x/vpc/aws"\n  name = "n"\n}\n',
            ".terraform/modules/modules.json": json.dumps(manifest),
            ".terraform/modules/vpc/main.tf": INNER,
        }
    )
    assert loaded.addresses == ["module.vpc.x_y.q"]
    assert loaded.gaps == []


@pytest.mark.parametrize("directory", ["../../../etc", "/etc", ".terraform/modules/link"])
def test_a_manifest_that_leads_out_of_the_root_is_not_followed(tree, tmp_path_factory, directory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "main.tf").write_text(INNER)
    tree.write({"main.tf": 'module "vpc" {\n  source = "x/vpc/aws"\n}\n', ".terraform/modules/x": ""})
    (tree.path / ".terraform/modules/link").symlink_to(outside)
    manifest = {"Modules": [{"Key": "vpc", "Dir": directory}]}
    loaded = tree.load({".terraform/modules/modules.json": json.dumps(manifest)})
    assert loaded.addresses == []
    assert [gap.kind for gap in loaded.gaps] == ["absent-module"]


@pytest.mark.parametrize("source", ["../outside", "./../../etc", "./link"])
def test_a_local_module_outside_the_root_is_named(tree, tmp_path_factory, source):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "main.tf").write_text(INNER)
    (tree.path / "link").symlink_to(outside)
    loaded = tree.load(f'module "m" {{\n  source = "{source}"\n}}\n')
    assert loaded.addresses == []
    assert ("outside-root", "module.m") in loaded.kinds()


def test_modules_in_a_circle_are_one_problem(tree):
    loaded = tree.load(
        {
            "a/a.tf": 'module "b" {\n  source = "../b"\n}\nresource "x_y" "a" {}\n',
            "b/b.tf": 'module "a" {\n  source = "../a"\n}\nresource "x_y" "b" {}\n',
        }
    )
    assert set(loaded.codes()) == {"circular-modules"}
    assert loaded.addresses == ["x_y.a", "module.b.x_y.b"]


def test_a_module_that_calls_itself_ends(tree):
    loaded = tree.load('module "m" {\n  source = "./"\n}\nresource "x_y" "a" {}\n')
    assert "circular-modules" in loaded.codes()
    assert loaded.addresses == ["x_y.a"]


def test_a_bomb_of_instances_ends_and_is_named(tree, monkeypatch):
    from nephograph.sources.terraform import context

    monkeypatch.setattr(context, "MAX_INSTANCES", 2_000)
    files = {"main.tf": 'module "m" {\n  source = "./a"\n  count = 100\n}\n'}
    for name, below in ("ab", "bc", "cd"):
        files[f"{name}/m.tf"] = f'module "m" {{\n  source = "../{below}"\n  count = 100\n}}\n'
    files["d/m.tf"] = 'resource "x_y" "a" {}\n'
    loaded = tree.load(files)
    assert "budget" in {gap.kind for gap in loaded.gaps}


def test_an_enormous_count_is_one_instance(tree):
    loaded = tree.load('resource "x_y" "a" {\n  count = 1000000000\n}\n')
    assert loaded.addresses == ["x_y.a[*]"]
    assert loaded["x_y.a[*]"].existence.reason is Reason.BUDGET


def test_modules_whose_number_is_unknown_hold_instances_that_may_exist(tree):
    loaded = tree.load(
        {
            "main.tf": 'variable "on" {}\nmodule "m" {\n  source = "./inner"\n  count  = var.on ? 1 : 0\n}\n',
            "inner/inner.tf": INNER,
        }
    )
    assert loaded.addresses == ["module.m[*].x_y.q"]
    assert loaded["module.m[*].x_y.q"].existence.reason is Reason.NO_VALUE


PROVIDERS = """provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}
provider "aws" {
  alias  = "data"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}
provider "aws" {
  alias   = "other"
  profile = "other"
}
"""


def test_resources_live_where_their_provider_says(tree):
    loaded = tree.load(
        {
            "main.tf": PROVIDERS
            + 'resource "aws_s3_bucket" "a" {}\nresource "aws_s3_bucket" "b" {\n  provider = aws.data\n}\n'
            'resource "aws_s3_bucket" "c" {\n  provider = aws.other\n}\n'
            'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.data\n    aws.side = aws\n  }\n}\n'
            'module "plain" {\n  source = "./plain"\n}\n',
            "m/m.tf": 'resource "aws_s3_bucket" "d" {}\nresource "aws_s3_bucket" "e" {\n  provider = aws.side\n}\n',
            "plain/m.tf": 'resource "aws_s3_bucket" "f" {}\n',
        }
    )
    assert loaded.problems == []
    one, two = Scope("aws", "111111111111", "eu-west-1"), Scope("aws", "222222222222", "us-east-1")
    scopes = {document.address.rpartition(".")[2]: document.scope for document in loaded.documents}
    assert (scopes["a"], scopes["b"]) == (one, two)
    assert (scopes["d"], scopes["e"], scopes["f"]) == (two, one, one)
    assert scopes["c"] == Scope("aws", "⟨account of provider aws.other⟩", "⟨region of provider aws.other⟩")


def test_a_comment_in_the_providers_map_hides_no_key(tree):
    handed = (
        "  providers = { # {x} aws.side = aws\n    aws.side /* a.b = c */ = aws.data # }\n    aws.third=aws.data\n  }\n"
    )
    loaded = tree.load(
        {
            "main.tf": PROVIDERS + 'module "m" {\n  source = "./m"\n' + handed + "}\n",
            "m/m.tf": 'resource "aws_s3_bucket" "e" {\n  provider = aws.side\n}\n'
            'resource "aws_s3_bucket" "f" {\n  provider = aws.third\n}\n',
        }
    )
    assert loaded.problems == []
    assert {document.scope for document in loaded.documents} == {Scope("aws", "222222222222", "us-east-1")}


def test_plain_providers_share_one_unknown_account(tree):
    loaded = tree.load(
        'provider "aws" {\n  region = "a"\n}\nprovider "aws" {\n  alias = "x"\n  region = "b"\n}\n'
        'resource "aws_s3_bucket" "a" {}\nresource "aws_s3_bucket" "b" {\n  provider = aws.x\n}\n'
    )
    assert loaded["aws_s3_bucket.a"].scope == Scope("aws", "⟨account of provider aws⟩", "a")
    assert loaded["aws_s3_bucket.b"].scope == Scope("aws", "⟨account of provider aws⟩", "b")


def test_unknown_accounts_of_two_roots_are_two(tree):
    loaded = tree.load({"a/m.tf": 'resource "aws_sns_topic" "a" {}\n', "b/m.tf": 'resource "aws_sns_topic" "a" {}\n'})
    first, second = (document.scope.account for document in loaded.documents)
    assert (first, second) == ("⟨#account of provider aws in a⟩", "⟨#account of provider aws in b⟩")


def test_an_account_that_is_a_variable_is_that_variable(tree):
    loaded = tree.load(
        'variable "id" {}\nprovider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::${var.id}:role/x"\n  }\n}\n'
        'resource "aws_sns_topic" "a" {\n  policy = "arn:aws:iam::${var.id}:root"\n}\n'
    )
    assert loaded["aws_sns_topic.a"].scope.account == "⟨var.id⟩"


def test_other_clouds_have_their_own_words(tree):
    loaded = tree.load(
        'provider "azurerm" {\n  subscription_id = "s"\n}\nprovider "google" {\n  project = "p"\n  region = "r"\n}\n'
        'provider "kubernetes" {\n  config_context = "c"\n}\nresource "azurerm_a" "a" {}\nresource "google_a" "a" {}\n'
        'resource "kubernetes_a" "a" {}\n'
    )
    assert [document.scope for document in loaded.documents] == [
        Scope("azurerm", "s", ""),
        Scope("google", "p", "r"),
        Scope("kubernetes", "c", ""),
    ]


def test_what_the_provider_says_is_taken_for_what_the_cloud_would_say(tree):
    loaded = tree.load(
        PROVIDERS + 'data "aws_caller_identity" "me" {}\ndata "aws_region" "here" {}\ndata "aws_partition" "p" {}\n'
        'data "aws_caller_identity" "data" {\n  provider = aws.data\n}\n'
        'resource "x_y" "z" {\n  a = data.aws_caller_identity.me.account_id\n  b = data.aws_region.here.name\n'
        "  c = data.aws_partition.p.partition\n  d = data.aws_caller_identity.data.account_id\n}\n"
    )
    assert dict(loaded["x_y.z"].attributes) == {
        "a": "111111111111",
        "b": "eu-west-1",
        "c": "aws",
        "d": "222222222222",
    }
    assert len(loaded.assumptions) == 4
    assert loaded.gaps == []


def test_a_handed_provider_wins_over_a_block_that_only_declares_its_alias(tree):
    loaded = tree.load(
        {
            "main.tf": PROVIDERS + 'module "m" {\n  source = "./m"\n  providers = {\n    aws.peer = aws.data\n  }\n}\n',
            "m/m.tf": 'provider "aws" {\n  alias = "peer"\n}\nresource "aws_vpc" "v" {\n  provider = aws.peer\n}\n',
        }
    )
    assert loaded["module.m.aws_vpc.v"].scope == Scope("aws", "222222222222", "us-east-1")


def test_a_resource_may_name_its_own_region(tree):
    loaded = tree.load(PROVIDERS + 'resource "aws_vpc" "v" {\n  region = "eu-north-1"\n}\n')
    assert loaded["aws_vpc.v"].scope == Scope("aws", "111111111111", "eu-north-1")


def test_a_single_file_may_call_modules(tree):
    from nephograph.model.source import LoadOptions
    from nephograph.sources.terraform import SOURCE

    tree.write(
        {
            "one.tf": 'module "m" {\n  source = "./inner"\n}\n',
            "two.tf": 'resource "x_y" "two" {}\n',
            "inner/inner.tf": INNER,
        }
    )
    loaded = SOURCE.load(tree.path / "one.tf", "one.tf", LoadOptions(), lambda *_: None)
    assert [document.address for document in loaded.documents] == ["module.m.call", "module.m.x_y.q"]


def test_a_hundred_nested_references_are_evaluated(tree):
    files = {"main.tf": 'module "m" {\n  source = "./m0"\n  v = "end"\n}\n'}
    for i in range(60):
        files[f"m{i}/m.tf"] = (
            f'variable "v" {{}}\nmodule "m" {{\n  source = "../m{i + 1}"\n'
            '  v = upper(join("", [for x in [var.v] : x]))\n}\n'
        )
    files["m60/m.tf"] = 'variable "v" {}\nresource "x_y" "z" {\n  v = var.v\n}\n'
    (document,) = tree.load(files).documents
    assert document.attributes["v"] == "END"


def test_a_module_that_is_called_through_a_link_is_no_root(tree):
    tree.write({"main.tf": 'module "m" {\n  source = "./link"\n}\n', "inner/inner.tf": INNER})
    (tree.path / "link").symlink_to("inner")
    assert tree.load().addresses == ["module.m.x_y.q"]
