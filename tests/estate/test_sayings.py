"""One entity that is said in several ways: linked for a reason, what is real before what is wanted."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from nephograph.model.resource import Class
from nephograph.session import Session, open_estate
from tests.support.trees import write

BUCKET = """
    provider "aws" {
      region = "eu-west-1"
    }
    resource "aws_s3_bucket" "b" {
      bucket = "acme"
    }
    resource "aws_s3_bucket_versioning" "b" {
      bucket = aws_s3_bucket.b.id
      versioning_configuration {
        status = "Enabled"
      }
    }
    resource "aws_vpc" "main" {
      cidr_block = "10.0.0.0/16"
    }
    resource "aws_subnet" "a" {
      vpc_id     = aws_vpc.main.id
      cidr_block = "10.0.1.0/24"
    }
    resource "aws_sqs_queue" "jobs" {
      name = "jobs"
    }
    resource "made_up_thing" "t" {
      size = 3
    }
"""

VPC = {
    "VpcId": "vpc-1",
    "OwnerId": "111122223333",
    "CidrBlock": "10.0.0.0/16",
    "IsDefault": False,
    "Tags": [{"Key": "Name", "Value": "other"}],
}


def state(root: pathlib.Path, *resources: tuple[str, str, dict[str, Any]]) -> pathlib.Path:
    """A state file of such (type, name, attributes)."""
    data = {
        "version": 4,
        "terraform_version": "1.9.0",
        "serial": 1,
        "lineage": "00000000-0000-0000-0000-000000000000",
        "outputs": {},
        "resources": [
            {
                "mode": "managed",
                "type": type_,
                "name": name,
                "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                "instances": [{"schema_version": 0, "attributes": attributes}],
            }
            for type_, name, attributes in resources
        ],
    }
    path = root / "terraform.tfstate"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data))
    return path


def applied(root: pathlib.Path) -> pathlib.Path:
    return state(
        root,
        ("aws_s3_bucket", "b", {"id": "acme", "bucket": "acme", "arn": "arn:aws:s3:::acme", "region": "eu-west-1"}),
        ("aws_s3_bucket_versioning", "b", {"bucket": "acme", "versioning_configuration": [{"status": "Suspended"}]}),
        (
            "aws_vpc",
            "main",
            {
                "id": "vpc-1",
                "arn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1",
                "cidr_block": "10.0.0.0/16",
                "owner_id": "111122223333",
            },
        ),
        (
            "aws_subnet",
            "a",
            {
                "id": "subnet-1",
                "arn": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1",
                "vpc_id": "vpc-1",
                "cidr_block": "10.0.1.0/24",
            },
        ),
        ("made_up_thing", "t", {"size": 3}),
    )


def both(tmp_path: pathlib.Path) -> Session:
    code = write(tmp_path / "code", main=BUCKET)
    return open_estate([str(code), str(applied(tmp_path / "state"))], today="2026-01-01")


def test_code_and_state_are_one_estate(tmp_path: pathlib.Path) -> None:
    estate = both(tmp_path).estate
    entities = [r for r in estate.resources.values() if r.cls is not Class.CONFIGURATION]
    assert {(r.kind, r.said, len(r.also)) for r in entities} == {
        ("aws_s3_bucket", "state", 1),
        ("aws_vpc", "state", 1),
        ("aws_subnet", "state", 1),
        ("made_up_thing", "state", 1),
        ("aws_sqs_queue", "code", 0),
    }


def test_what_is_real_stands_and_what_is_wanted_is_kept_beside_it(tmp_path: pathlib.Path) -> None:
    (bucket,) = both(tmp_path).estate.of_kind("aws_s3_bucket")
    assert bucket.get("versioning") == "Suspended"
    (wanted,) = bucket.also
    assert wanted.said == "code"
    assert wanted.config["versioning"] == "Enabled"
    assert wanted.address == "aws_s3_bucket.b"
    assert wanted.reason
    written, origin = wanted.provenance.of(("versioning",))
    assert written
    assert origin is not None
    assert origin.span is not None
    assert origin.span.file.endswith("code/main.tf")


def test_what_only_code_says_lives_in_the_account_the_state_names(tmp_path: pathlib.Path) -> None:
    (queue,) = both(tmp_path).estate.of_kind("aws_sqs_queue")
    assert queue.scope.account == "111122223333"
    assert queue.arn == "arn:aws:sqs:eu-west-1:111122223333:jobs"


def test_edges_are_those_of_what_is_real(tmp_path: pathlib.Path) -> None:
    estate = both(tmp_path).estate
    (subnet,) = estate.of_kind("aws_subnet")
    (vpc,) = estate.of_kind("aws_vpc")
    assert [edge.target for edge in estate.outgoing(subnet.urn)] == [vpc.urn]
    assert len(estate.edges) == len(set(estate.edges))


def test_code_of_another_estate_is_not_linked_to_what_looks_alike(tmp_path: pathlib.Path) -> None:
    code = write(tmp_path / "code", main='resource "aws_vpc" "elsewhere" {\n cidr_block = "10.0.0.0/16"\n}')
    dump = tmp_path / "accounts" / "111122223333" / "eu-west-1" / "ec2" / "describe-vpcs.json"
    dump.parent.mkdir(parents=True)
    dump.write_text(json.dumps({"Vpcs": [VPC]}))
    estate = open_estate([str(code), str(tmp_path / "accounts")], today="2026-01-01").estate
    assert {(v.said, len(v.also)) for v in estate.of_kind("aws_vpc")} == {("code", 0), ("dump", 0)}


def test_a_tag_that_names_one_thing_on_both_sides_links_it(tmp_path: pathlib.Path) -> None:
    code = write(
        tmp_path / "code", main='resource "aws_vpc" "main" {\n cidr_block = "10.0.0.0/8"\n tags = { Name = "other" }\n}'
    )
    dump = tmp_path / "accounts" / "111122223333" / "eu-west-1" / "ec2" / "describe-vpcs.json"
    dump.parent.mkdir(parents=True)
    dump.write_text(json.dumps({"Vpcs": [VPC]}))
    (vpc,) = open_estate([str(code), str(tmp_path / "accounts")], today="2026-01-01").estate.of_kind("aws_vpc")
    assert (vpc.said, vpc.get("cidrs")) == ("dump", ["10.0.0.0/16"])
    assert [one.reason for one in vpc.also] == ["same label"]


def test_answers_that_contradict_each_other_are_named(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "accounts" / "111122223333" / "eu-west-1" / "ec2"
    folder.mkdir(parents=True)
    (folder / "describe-vpcs.1.json").write_text(json.dumps({"Vpcs": [VPC]}))
    (folder / "describe-vpcs.2.json").write_text(json.dumps({"Vpcs": [{**VPC, "IsDefault": True}]}))
    session = open_estate([str(tmp_path / "accounts")], today="2026-01-01")
    (vpc,) = session.estate.of_kind("aws_vpc")
    (gap,) = [g for g in session.context.coverage.not_evaluated if g.kind == "contradictory-documents"]
    assert "default" in gap.why
    assert vpc.get("default") is False


def test_two_states_that_hold_one_resource_are_one_entity(tmp_path: pathlib.Path) -> None:
    bucket = {"id": "acme", "bucket": "acme", "arn": "arn:aws:s3:::acme", "force_destroy": False}
    one = state(tmp_path / "one", ("aws_s3_bucket", "b", {**bucket, "acl": "private"}))
    two = state(tmp_path / "two", ("aws_s3_bucket", "again", {**bucket, "acl": "public-read"}))
    session = open_estate([str(one), str(two)], today="2026-01-01")
    (found,) = session.estate.of_kind("aws_s3_bucket")
    assert len(found.also) == 1
    assert [g.kind for g in session.context.coverage.not_evaluated if g.kind == "contradictory-documents"]


def test_a_part_finds_its_owner_by_a_name_that_a_second_answer_says(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "accounts" / "111122223333" / "global" / "organizations"
    folder.mkdir(parents=True)
    (folder / "describe-organization.json").write_text(
        json.dumps({"Organization": {"Id": "o-1", "Arn": "arn:aws:organizations::111122223333:organization/o-1"}})
    )
    (folder / "list-roots.json").write_text(
        json.dumps({"Roots": [{"Id": "r-ab12", "Arn": "arn:aws:organizations::111122223333:root/o-1/r-ab12"}]})
    )
    (folder / "list-policies-for-target.r-ab12.json").write_text(json.dumps({"Policies": []}))
    session = open_estate([str(tmp_path / "accounts")], today="2026-01-01")
    assert not [g for g in session.context.coverage.not_evaluated if g.kind == "part-without-owner"]
