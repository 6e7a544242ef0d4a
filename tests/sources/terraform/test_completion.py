"""What a document says beyond its own block, and data sources with well-known answers."""

from nephograph.model.value import Reason, Unknown

PROVIDER = (
    'variable "team" {\n  default = "red"\n}\nprovider "aws" {\n  region = "eu-west-1"\n  default_tags {\n'
    '    tags = {\n      Team = var.team\n      Env  = "prod"\n    }\n  }\n}\n'
)


def test_default_tags_are_tags_of_what_has_tags(tree):
    loaded = tree.load(
        PROVIDER + 'resource "aws_vpc" "v" {}\n'
        'resource "aws_sqs_queue" "q" {\n  tags = {\n    Env = "test"\n  }\n}\n'
        'resource "aws_s3_bucket_versioning" "n" {\n  bucket = "b"\n}\nresource "google_x" "g" {}\n'
    )
    assert loaded.value("aws_vpc.v", "tags") == {"Team": "red", "Env": "prod"}
    assert loaded.value("aws_sqs_queue.q", "tags") == {"Team": "red", "Env": "test"}
    assert "tags" not in loaded["aws_s3_bucket_versioning.n"].attributes
    assert "tags" not in loaded["google_x.g"].attributes
    assert loaded.said("aws_sqs_queue.q", "tags", "Env") == '"test"'
    assert loaded.said("aws_sqs_queue.q", "tags", "Team") == "var.team"
    assert loaded.causes("aws_vpc.v", "tags", "Team")[-1] == ("default of variable team", '"red"')


def test_default_tags_of_an_alias_reach_into_modules_and_may_be_unknown(tree):
    loaded = tree.load(
        {
            "main.tf": 'variable "t" {}\nprovider "aws" {\n  alias = "b"\n  default_tags {\n    tags = var.t\n  }\n}\n'
            'module "m" {\n  source = "./m"\n  providers = { aws = aws.b }\n}\nresource "aws_vpc" "v" {}\n',
            "m/m.tf": 'resource "aws_vpc" "v" {\n  tags = { A = 1 }\n}\n',
        }
    )
    assert "tags" not in loaded["aws_vpc.v"].attributes
    assert loaded.value("module.m.aws_vpc.v", "tags").reason is Reason.NO_VALUE


def test_the_start_of_a_name_is_kept(tree):
    loaded = tree.load(
        'variable "p" {}\nresource "aws_s3_bucket" "a" {\n  bucket_prefix = "logs-"\n}\n'
        'resource "aws_iam_role" "r" {\n  name_prefix = "x-${var.p}-"\n}\n'
        'resource "aws_iam_role" "s" {\n  name = "s"\n  name_prefix = "x"\n}\n'
        'resource "x_y" "z" {\n  b = aws_s3_bucket.a.bucket\n}\n'
    )
    bucket = loaded.value("aws_s3_bucket.a", "bucket")
    assert bucket.parts[0] == "logs-"
    assert bucket.parts[1].reason is Reason.AFTER_APPLY
    assert loaded.value("aws_iam_role.r", "name").parts[0] == "x-"
    assert loaded.value("aws_iam_role.s", "name") == "s"
    assert loaded.value("x_y.z", "b").ref.address == "aws_s3_bucket.a"
    assert loaded.said("aws_s3_bucket.a", "bucket") == '"logs-"'


def test_a_file_that_is_not_there_is_not_known(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  a = filebase64sha256("${path.module}/build/code.zip")\n  b = file("none")\n'
        '  c = try(file("none"), "else")\n  d = fileexists("none")\n}\n'
    )
    assert loaded.value("x_y.z", "a") == Unknown(Reason.NOT_SEEN, "the file ./build/code.zip")
    assert loaded.value("x_y.z", "b").reason is Reason.NOT_SEEN
    assert loaded.value("x_y.z", "c") == "else"
    assert loaded.value("x_y.z", "d") is False
    assert loaded.gaps == []


def test_a_file_that_links_out_of_the_root_is_one_gap(tree, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-outside.tf"
    outside.write_text('variable "a" {}\nvariable "b" {}\n')
    (tmp_path / "variables.tf").symlink_to(outside)
    loaded = tree.load('resource "x_y" "z" {\n  a = var.a\n  b = "${var.b}!"\n  c = x_y.gone.id\n}\n')
    assert loaded.kinds() == [("outside-root", "variables.tf")]
    assert isinstance(loaded.value("x_y.z", "a"), Unknown)


def test_terragrunt_is_named_once_with_its_count(tree):
    loaded = tree.load(
        {"a/terragrunt.hcl": "", "b/terragrunt.hcl": "x = 1", "b/.terragrunt-cache/x/main.tf": "", "m/main.tf": ""}
    )
    (gap,) = loaded.gaps
    assert (gap.kind, gap.subject, gap.count) == ("terragrunt", "a/terragrunt.hcl and 1 more", 2)


def test_zones_are_those_of_the_region_and_the_assumption_is_named(tree):
    loaded = tree.load(
        'provider "aws" {\n  region = "ca-central-1"\n}\nprovider "aws" {\n  alias = "x"\n}\n'
        'data "aws_availability_zones" "a" {}\n'
        'data "aws_availability_zones" "x" {\n  provider = aws.x\n  exclude_names = ["no"]\n}\n'
        'resource "aws_subnet" "s" {\n  count = length(slice(data.aws_availability_zones.a.names, 0, 2))\n'
        "  availability_zone = data.aws_availability_zones.a.names[count.index]\n"
        "  other = data.aws_availability_zones.x.names[1]\n  ids = data.aws_availability_zones.a.zone_ids\n}\n"
    )
    assert [d.attributes["availability_zone"] for d in loaded.documents] == ["ca-central-1a", "ca-central-1b"]
    assert loaded.value("aws_subnet.s[0]", "other").parts[-1] == "b"
    assert loaded.value("aws_subnet.s[0]", "ids").reason is Reason.DATA_SOURCE
    assert any("a, b, d" in sentence for sentence in loaded.assumptions)
    assert loaded.kinds()[0] == ("data-source", "data.aws_availability_zones.a")


def test_other_data_that_needs_no_cloud(tree):
    loaded = tree.load(
        PROVIDER + 'data "aws_default_tags" "t" {}\n'
        'data "aws_arn" "a" {\n  arn = "arn:aws:rds:eu-west-1:123456789012:db:x"\n}\n'
        'data "template_file" "f" {\n  template = "hello $${name}"\n  vars = {\n    name = var.team\n  }\n}\n'
        'data "terraform_remote_state" "net" {\n  backend = "s3"\n}\n'
        'resource "x_y" "z" {\n  a = data.aws_default_tags.t.tags.Env\n  b = data.aws_arn.a.account\n'
        "  c = data.aws_arn.a.resource\n  d = data.template_file.f.rendered\n"
        "  e = data.terraform_remote_state.net.outputs.vpc_id\n}\n"
    )
    attributes = loaded["x_y.z"].attributes
    assert [attributes[name] for name in "abcd"] == ["prod", "123456789012", "db:x", "hello red"]
    assert attributes["e"].reason is Reason.DATA_SOURCE
    assert str(attributes["e"].ref) == "data.terraform_remote_state.net.outputs.vpc_id"
    assert loaded.kinds() == [("data-source", "data.terraform_remote_state.net")]
