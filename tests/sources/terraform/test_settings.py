"""What configuration says of itself: documents of settings, calls, providers, variables, outputs, resources."""

import pytest

from nephograph.sources.terraform.module_forms import form_of, is_in_clear, revision

ROOT = """
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws    = { source = "hashicorp/aws", version = "~> 5.0" }
    random = "3.1.0"
  }
  backend "s3" {
    bucket     = "state"
    access_key = "AKIAQQQQQQQQQQQQQQQQ"
  }
}

provider "aws" {
  region     = var.region
  access_key = local.key
}

provider "datadog" {
  alias = "eu"
}

variable "region" {}

variable "db_password" {
  default = "hunter2hunter2"
}

locals {
  key = "AKIAQQQQQQQQQQQQQQQQ"
}

module "m" {
  for_each = toset(["a", "b"])
  source   = "./m"
}

output "login" {
  value = "x:${var.db_password}"
}

output "arn" {
  value = aws_secretsmanager_secret.secret.arn
}
"""

INNER = """
variable "token" {
  sensitive = true
}

resource "x_y" "z" {
  provisioner "local-exec" {
    command = "true"
  }

  lifecycle {
    ignore_changes = all
  }
}
"""


@pytest.fixture
def settings(tree):
    return tree.load({"main.tf": ROOT, "m/main.tf": INNER}).settings


def test_every_thing_is_told_once_whatever_the_number_of_instances(settings):
    assert sorted(settings) == [
        "module.m.call",
        'module.m["a"].var.token',
        'module.m["a"].x_y.z.lifecycle',
        'module.m["a"].x_y.z.provisioner[0]',
        "output.login",
        "provider.aws",
        "provider.datadog.eu",
        "terraform",
        "terraform.backend.s3",
        "var.db_password",
    ]


def test_the_settings_of_a_root(settings):
    assert settings["terraform"].attributes == {
        "is_root": True,
        "required_version": ">= 1.5",
        "requirement": [
            {"name": "aws", "source": "hashicorp/aws", "version": "~> 5.0"},
            {"name": "random", "version": "3.1.0"},
            {"name": "datadog"},
        ],
        "backend": "s3",
        "lock_file": False,
    }


def test_a_module_that_is_called_is_no_root(tree):
    inner = 'terraform {\n  required_providers {\n    aws = {}\n  }\n}\nprovider "aws" {}\n'
    loaded = tree.load({"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": inner})
    assert loaded.settings["module.m.terraform"].attributes["is_root"] is False


def test_the_lock_file_is_seen(tree):
    loaded = tree.load({"main.tf": 'provider "aws" {}\n', ".terraform.lock.hcl": ""})
    assert loaded.settings["terraform"].attributes["lock_file"] is True


def test_no_value_of_a_credential_is_kept(settings):
    assert settings["terraform.backend.s3"].attributes["hard_coded"] == ["access_key"]
    assert settings["provider.aws"].attributes["hard_coded"] == ["access_key"]
    said = str([one.attributes for one in settings.values()])
    assert "AKIA" not in said
    assert "hunter2" not in said


def test_what_an_output_shows(settings):
    assert settings["output.login"].attributes["shows"] == ["var.db_password"]


@pytest.mark.parametrize(
    ("value", "shows"),
    [
        ("var.db_password", ["var.db_password"]),
        ("random_password.p.result", ["random_password.p.result"]),
        ("module.db.password", ["module.db.password"]),
        ("nonsensitive(local.api_key)", ["local.api_key"]),
        ("aws_iam_access_key.k.secret", ["aws_iam_access_key.k.secret"]),
        ("aws_iam_access_key.k.encrypted_secret", None),
        ("aws_secretsmanager_secret.password.arn", None),
        ("data.aws_ssm_parameter.password.name", None),
        ("var.password_length", None),
    ],
)
def test_what_prints_a_secret(tree, value, shows):
    told = tree.load(f'output "o" {{\n  value = {value}\n}}\n').settings.get("output.o")
    assert (told.attributes["shows"] if told else None) == shows


@pytest.mark.parametrize(
    ("default", "secret", "holds"),
    [
        ('"hunter2"', True, True),
        ('""', True, False),
        ("null", True, False),
        ('"../keys/id"', False, False),
        ('"arn:aws:secretsmanager:eu-west-1:1:secret:x"', False, False),
        ("{}", True, False),
        ('["a"]', True, True),
    ],
)
def test_defaults_of_variables_for_secrets(tree, default, secret, holds):
    said = tree.load(f'variable "private_key" {{\n  default = {default}\n}}\n').settings["var.private_key"].attributes
    assert (said["secret_name"], said["holds_default"]) == (secret, holds)


def test_places_are_those_of_the_arguments(tree):
    loaded = tree.load({"main.tf": ROOT, "m/main.tf": INNER})
    at = loaded.settings
    assert loaded.text(at["terraform"].origin(("required_version",)).span) == '">= 1.5"'
    assert loaded.text(at["terraform"].origin(("requirement", 1, "version")).span) == 'random = "3.1.0"'
    assert at["module.m.call"].origin(("version",)) is None
    assert loaded.text(at["module.m.call"].origin(()).span).strip() == 'module "m"'
    assert loaded.text(at["provider.aws"].origin(("hard_coded",)).span) == "local.key"


def test_downloaded_modules_are_not_the_readers_to_mend(tree):
    manifest = '{"Modules": [{"Key": "m", "Source": "x", "Dir": ".terraform/modules/m"}]}'
    loaded = tree.load(
        {
            "main.tf": 'module "m" {\n  source = "acme/m/aws"\n}\n',
            ".terraform/modules/modules.json": manifest,
            ".terraform/modules/m/main.tf": 'variable "token" {}\nresource "x_y" "z" {}\n',
        }
    )
    assert loaded.addresses == ["module.m.x_y.z"]
    assert list(loaded.settings) == ["module.m.call"]


def test_a_value_that_is_no_literal_is_not_known(tree):
    loaded = tree.load('module "m" {\n  source  = "acme/m/aws"\n  version = var.v\n}\n')
    assert str(loaded.settings["module.m.call"].attributes["version"]).startswith("var.v")


@pytest.mark.parametrize(
    ("source", "form", "ref", "clear"),
    [
        ("./m", "local", None, False),
        ("../m", "local", None, False),
        ("terraform-aws-modules/vpc/aws", "registry", None, False),
        ("terraform-aws-modules/iam/aws//modules/iam-user", "registry", None, False),
        ("app.terraform.io/acme/vpc/aws", "registry", None, False),
        ("github.com/hashicorp/example", "git", None, False),
        ("github.com/hashicorp/example?ref=v1", "git", "v1", False),
        ("git@github.com:hashicorp/example.git?ref=main", "git", "main", False),
        ("bitbucket.org/hashicorp/consul", "git", None, False),
        ("git::https://example.com/vpc.git", "git", None, False),
        ("git::https://example.com/vpc.git//sub?depth=1&ref=abc", "git", "abc", False),
        ("git::ssh://git@example.com/vpc.git?ref=v1.2.0", "git", "v1.2.0", False),
        ("git::http://example.com/vpc.git?ref=v1", "git", "v1", True),
        ("git://example.com/vpc.git", "other", None, True),
        ("hg::https://example.com/vpc.hg?rev=1.2", "hg", "1.2", False),
        ("https://example.com/vpc.zip", "http", None, False),
        ("http://example.com/vpc.zip", "http", None, True),
        ("https://example.com/vpc.git?ref=v2", "git", "v2", False),
        ("s3::https://s3-eu-west-1.amazonaws.com/x/vpc.zip", "s3", None, False),
        ("gcs::https://www.googleapis.com/storage/v1/x/vpc.zip", "gcs", None, False),
        ("vpc", "other", None, False),
    ],
)
def test_forms_of_sources(source, form, ref, clear):
    assert (form_of(source), revision(source), is_in_clear(source)) == (form, ref, clear)
