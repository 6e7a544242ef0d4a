"""Calls of well-known registry modules whose code is not here: what their arguments imply, and nothing more."""

import pathlib

import pytest

from nephograph.model.edit import SetAttribute
from nephograph.model.errors import EditError
from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform import module_models
from nephograph.sources.terraform.module_models import find, newest_allowed
from nephograph.sources.terraform.syntax import parse

MODELS = sorted(file.name for file in pathlib.Path(module_models.__file__).parent.glob("*.tf"))
S3 = "terraform-aws-modules/s3-bucket/aws"
CALL = f"""module "logs" {{
  source  = "{S3}"
  version = "~> 4.1"

  bucket            = "logs-${{var.env}}"
  acl               = "public-read"
  block_public_acls = false
  something_new     = 1
}}
variable "env" {{
  default = "prod"
}}
"""


def test_an_argument_is_an_attribute_with_its_place_in_the_call(tree):
    loaded = tree.load(CALL)
    acl = "module.logs.aws_s3_bucket_acl.this[0]"
    assert loaded.value(acl, "acl") == "public-read"
    assert loaded.said(acl, "acl") == '"public-read"'
    assert loaded.value(acl, "bucket") == Unknown(
        Reason.AFTER_APPLY, ref=Ref("module.logs.aws_s3_bucket.this[0]", ("id",))
    )
    assert loaded.value("module.logs.aws_s3_bucket.this[0]", "bucket") == "logs-prod"
    assert loaded.causes("module.logs.aws_s3_bucket.this[0]", "bucket")[-1] == ("default of variable env", '"prod"')
    assert loaded.said(acl) == CALL[: CALL.index('variable "env"')].rstrip("\n")


def test_a_default_of_the_module_stands_at_the_call_and_says_that_it_is_modelled(tree):
    loaded = tree.load(CALL)
    block = "module.logs.aws_s3_bucket_public_access_block.this[0]"
    assert loaded.value(block, "block_public_acls") is False
    assert loaded.value(block, "block_public_policy") is True
    assert loaded.said(block, "block_public_policy") == 'module "logs"'
    (cause,) = loaded[block].origin(("block_public_policy",)).causes
    assert "model" in cause.what


def test_what_the_model_does_not_say_is_unknown_and_what_it_denies_is_unset(tree):
    attributes = tree.load(CALL)["module.logs.aws_s3_bucket.this[0]"].attributes
    assert attributes.get("policy") is None
    assert attributes.get("bucket_namespace").reason is Reason.ABSENT_MODULE


def test_the_model_and_arguments_it_does_not_know_are_named(tree):
    loaded = tree.load(CALL)
    (gap,) = loaded.gaps
    assert (gap.kind, gap.subject) == ("modelled-module", "module.logs")
    assert gap.why.endswith("is not known: something_new")
    assert loaded.text(gap.span) == f'"{S3}"'
    assert loaded.problems == []


def test_outputs_refer_to_the_modelled_resources_and_others_are_unknown(tree):
    loaded = tree.load(
        CALL + 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  azs = ["eu-west-1a", "eu-west-1b"]\n'
        '  private_subnets = ["10.0.1.0/24", "10.0.2.0/24"]\n}\n'
        'module "sg" {\n  source = "terraform-aws-modules/security-group/aws"\n  vpc_id = module.vpc.vpc_id\n}\n'
        'resource "x_y" "z" {\n  bucket = module.logs.s3_bucket_id\n  subnets = module.vpc.private_subnets\n'
        "  vpc = module.vpc.vpc_id\n  sg = module.sg.security_group_id\n  other = module.vpc.made_up\n}\n"
    )
    attributes = loaded["x_y.z"].attributes
    assert str(attributes["bucket"].ref) == "module.logs.aws_s3_bucket.this[0].id"
    assert [str(subnet.ref) for subnet in attributes["subnets"]] == [
        "module.vpc.aws_subnet.private[0].id",
        "module.vpc.aws_subnet.private[1].id",
    ]
    assert str(attributes["vpc"].ref) == "module.vpc.aws_vpc.this[0].id"
    assert str(attributes["sg"].ref) == "module.sg.aws_security_group.this_name_prefix[0].id"
    assert attributes["other"] == Unknown(Reason.ABSENT_MODULE, "module.vpc.made_up")
    assert loaded.value("module.sg.aws_security_group.this_name_prefix[0]", "vpc_id") == attributes["vpc"]


def test_named_rules_open_ports_and_names_that_are_not_modelled_are_unknown(tree):
    loaded = tree.load(
        'module "sg" {\n  source = "terraform-aws-modules/security-group/aws"\n  name = "n"\n'
        '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["ssh-tcp", "of-tomorrow-tcp"]\n}\n'
    )
    ssh, other = (loaded[f"module.sg.aws_security_group_rule.ingress_rules[{i}]"].attributes for i in (0, 1))
    assert (ssh["from_port"], ssh["to_port"], ssh["protocol"]) == (22, 22, "tcp")
    assert other["from_port"].reason is Reason.ABSENT_MODULE
    assert loaded.said("module.sg.aws_security_group_rule.ingress_rules[0]", "cidr_blocks", 0) == '"0.0.0.0/0"'


def test_rare_named_rules_open_their_ports_too(tree):
    loaded = tree.load(
        'module "sg" {\n  source = "terraform-aws-modules/security-group/aws"\n  name = "n"\n'
        '  ingress_cidr_blocks = ["0.0.0.0/0"]\n  ingress_rules = ["vault-tcp", "openvpn-udp", "solr-tcp"]\n}\n'
    )
    rules = [loaded[f"module.sg.aws_security_group_rule.ingress_rules[{i}]"].attributes for i in range(3)]
    assert [(rule["from_port"], rule["to_port"], rule["protocol"]) for rule in rules] == [
        (8200, 8200, "tcp"),
        (1194, 1194, "udp"),
        (8983, 8987, "tcp"),
    ]


def test_a_model_may_call_another_and_unknown_arguments_stay_unknown(tree):
    loaded = tree.load(
        'variable "open" {}\nmodule "db" {\n  source = "terraform-aws-modules/rds/aws"\n  identifier = "d"\n'
        "  publicly_accessible = var.open\n}\n"
    )
    database = "module.db.module.db_instance.aws_db_instance.this[0]"
    assert loaded.value(database, "publicly_accessible").reason is Reason.NO_VALUE
    assert loaded.value(database, "storage_encrypted") is True
    assert loaded.said(database, "publicly_accessible") == "var.open"
    assert loaded.said(database).startswith('module "db"')


def test_calls_are_multiplied(tree):
    loaded = tree.load(
        f'module "b" {{\n  source = "{S3}"\n  for_each = toset(["x", "y"])\n  bucket = each.key\n}}\n'
        f'module "none" {{\n  source = "{S3}"\n  create_bucket = false\n}}\n'
    )
    buckets = [d for d in loaded.documents if d.type == "aws_s3_bucket"]
    assert {d.address: d.attributes["bucket"] for d in buckets} == {
        'module.b["x"].aws_s3_bucket.this[0]': "x",
        'module.b["y"].aws_s3_bucket.this[0]': "y",
    }
    assert loaded.seen == len(loaded.documents)


def test_a_module_in_the_tree_is_read_and_not_modelled(tree):
    loaded = tree.load(
        {
            "main.tf": CALL,
            ".terraform/modules/modules.json": '{"Modules":[{"Key":"logs","Source":"x","Dir":"vendor/s3"}]}',
            "vendor/s3/main.tf": 'variable "acl" {}\nresource "x_y" "real" {\n  acl = var.acl\n}\n',
        }
    )
    assert "module.logs.x_y.real" in loaded.addresses
    assert loaded.kinds() == []


def test_an_edit_lands_on_the_argument(tree):
    loaded = tree.load(CALL)
    again = tree.edit(loaded.loaded, SetAttribute(".", "module.logs.aws_s3_bucket_acl.this[0]", ("acl",), "private"))
    assert again.value("module.logs.aws_s3_bucket_acl.this[0]", "acl") == "private"


def test_a_default_of_a_module_that_is_not_here_is_overruled_in_the_call(tree):
    loaded = tree.load(CALL)
    block = "module.logs.aws_s3_bucket_public_access_block.this[0]"
    again = tree.edit(loaded.loaded, SetAttribute(".", block, ("restrict_public_buckets",), False))
    assert again.value(block, "restrict_public_buckets") is False
    with pytest.raises(EditError, match="not in the tree"):
        tree.edit(again.loaded, SetAttribute(".", block, ("skip_destroy",), False))


@pytest.mark.parametrize(
    ("source", "version", "found"),
    [
        (S3, None, True),
        (S3, "~> 5.0", True),
        (S3, ">= 3.0", True),
        (S3, "3.0.0", False),
        (S3, "~> 2.0", False),
        (S3, "< 3.0", False),
        (S3, ">= 4.0, < 6.0", True),
        (S3, "6.0.0", False),
        (S3, "nonsense", False),
        (f"registry.terraform.io/{S3}", "~> 4.1", True),
        (f"{S3}//modules/notification", None, False),
        ("terraform-aws-modules/iam/aws//modules/iam-policy", None, True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v4.1.0", None, True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v1.0.0", None, False),
        ("github.com/terraform-aws-modules/terraform-aws-s3-bucket?ref=main", None, False),
        ("somebody/s3-bucket/aws", None, False),
    ],
)
def test_a_model_stands_for_its_source_and_versions(source, version, found):
    assert (find(source, version) is not None) is found


def test_the_newest_version_that_a_constraint_allows():
    assert newest_allowed("1.2.3") == (1, 2, 3)
    assert newest_allowed("~> 1.2")[:1] == (1,)
    assert newest_allowed("~> 1.2.3")[:2] == (1, 2)
    assert newest_allowed(">= 1.0, < 3.0.0")[:1] == (2,)


@pytest.mark.parametrize("name", MODELS)
def test_every_model_evaluates_with_a_name_alone(tree, name):
    parsed = parse((pathlib.Path(module_models.__file__).parent / name).read_text())
    assert parsed.problems == ()
    module, _, sub = name.removesuffix(".tf").partition(".")
    source = f"terraform-aws-modules/{module.replace('_', '-')}/aws"
    if sub:
        source += f"//modules/{sub.replace('_', '-')}"
    outputs = [item[4][0][2] for item in parsed.body[3] if item[3] == "output"]
    reads = "".join(f"  {output} = module.m.{output}\n" for output in outputs)
    given = '  name = "n"\n  role_name = "n"\n  identifier = "i"\n  subnet_ids = ["s"]\n'
    loaded = tree.load(f'module "m" {{\n  source = "{source}"\n{given}}}\nresource "x_y" "z" {{\n{reads}}}\n')
    assert {kind for kind, _ in loaded.kinds()} <= {"modelled-module"}
    assert loaded.problems == []
    assert outputs
