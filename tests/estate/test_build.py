"""Documents become one graph: parts join owners, references become edges and names, doubts become unknowns."""

from __future__ import annotations

import pathlib

from nephograph.model.value import is_unknown
from tests.support.trees import estate_of

BUCKET = """
    resource "aws_s3_bucket" "b" {
      bucket = "acme"
    }
"""


def test_a_part_becomes_a_field_of_its_owner_and_keeps_its_own_place(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET,
        other="""
            resource "aws_s3_bucket_versioning" "b" {
              bucket = aws_s3_bucket.b.id
              versioning_configuration {
                status = "Enabled"
              }
            }
        """,
    )
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    value = bucket.value("versioning")
    assert value.data == "Enabled"
    assert value.truth == "known"
    assert value.origin is not None
    assert value.origin.span is not None
    assert value.origin.span.file.endswith("other.tf")
    assert (value.origin.span.line, value.origin.span.column) == (5, 14)


def test_a_part_finds_its_owner_by_name_as_well_as_by_reference(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            resource "aws_s3_bucket_versioning" "b" {
              bucket = "acme"
              versioning_configuration {
                status = "Suspended"
              }
            }
        """,
    )
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert bucket.get("versioning") == "Suspended"


def test_what_nobody_said_is_marked_as_a_default(tmp_path: pathlib.Path) -> None:
    (bucket,) = estate_of(tmp_path, main=BUCKET).estate.of_kind("aws_s3_bucket")
    assert bucket.value("versioning").truth == "default"
    assert bucket.value("public_access_block", "block_public_policy").truth == "default"
    assert bucket.value("name").truth == "known"


def test_a_part_of_an_unknown_owner_makes_every_owner_of_its_root_uncertain(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            variable "which" {}
            resource "aws_s3_bucket_versioning" "b" {
              bucket = var.which
              versioning_configuration {
                status = "Enabled"
              }
            }
        """,
    )
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert is_unknown(bucket.get("versioning"))
    assert any(g.kind == "part-without-owner" for g in session.context.coverage.not_evaluated)


def test_references_become_edges_both_ways(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_vpc" "v" {
              cidr_block = "10.0.0.0/16"
            }
            resource "aws_subnet" "s" {
              vpc_id     = aws_vpc.v.id
              cidr_block = "10.0.0.0/24"
            }
        """,
    )
    (subnet,) = session.estate.of_kind("aws_subnet")
    (vpc,) = session.estate.targets(subnet.urn, "in_network")
    assert vpc.kind == "aws_vpc"
    assert session.estate.holders(vpc.urn, "in_network") == [subnet]
    (edge,) = session.estate.outgoing(subnet.urn, "in_network")
    assert edge.path == ("vpc",)


def test_a_reference_that_leads_nowhere_is_kept_with_its_reason(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            data "aws_vpc" "main" {}
            resource "aws_subnet" "s" {
              vpc_id     = data.aws_vpc.main.id
              cidr_block = "10.0.0.0/24"
            }
        """,
    )
    (subnet,) = session.estate.of_kind("aws_subnet")
    ((field, why),) = session.estate.unlinked[subnet.urn]
    assert field == "vpc"
    assert "data.aws_vpc.main" in why


def test_names_of_references_stand_in_policies(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            resource "aws_iam_policy" "p" {
              name   = "p"
              policy = jsonencode({
                Version   = "2012-10-17"
                Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*" }]
              })
            }
        """,
    )
    (policy,) = session.estate.of_kind("aws_iam_policy")
    assert policy.get("document", "Statement", 0, "Resource") == "arn:aws:s3:::acme/*"


def test_an_unknown_name_stays_a_symbol_that_is_equal_wherever_it_is_used(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            variable "name" {}
            resource "aws_s3_bucket" "b" {
              bucket = var.name
            }
            resource "aws_iam_policy" "p" {
              name   = "p"
              policy = jsonencode({
                Version   = "2012-10-17"
                Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.b.arn }]
              })
            }
        """,
    )
    (policy,) = session.estate.of_kind("aws_iam_policy")
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert policy.get("document", "Statement", 0, "Resource") == bucket.arn
    assert "⟨var.name⟩" in bucket.arn


def test_a_kind_nobody_declared_is_a_named_generic_node(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            resource "acme_robot" "r" {
              arm    = "left"
              bucket = aws_s3_bucket.b.id
            }
        """,
    )
    (robot,) = session.estate.of_kind("acme_robot")
    assert robot.get("arm") == "left"
    assert [e.kind for e in session.estate.outgoing(robot.urn)] == ["refers_to"]
    (gap,) = [g for g in session.context.coverage.not_evaluated if g.kind == "unknown-kind"]
    assert (gap.subject, gap.count) == ("acme_robot", 1)


def test_a_type_that_is_called_as_a_kind_of_another_dialect_is_not_of_it(tmp_path: pathlib.Path) -> None:
    """`docker_image` of Terraform's Docker provider is no Dockerfile, and no check of Dockerfiles is about it."""
    session = estate_of(tmp_path, main='resource "docker_image" "x" { name = "y" }')
    assert session.estate.of_kind("docker_image") == ()
    (image,) = session.estate.of_kind("terraform/docker_image")
    assert image.get("name") == "y"
    assert session.ask("check").findings == ()


def test_an_attribute_nobody_reads_is_counted_and_named(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_s3_bucket" "b" {
              bucket     = "acme"
              hovercraft = "eels"
            }
        """,
    )
    gaps = [g for g in session.context.coverage.not_evaluated if g.kind == "unread-attribute"]
    assert [g.subject for g in gaps] == ["aws_s3_bucket.hovercraft"]


def test_blocks_seen_are_resources_evaluated_and_the_named_rest(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            resource "acme_robot" "r" {
              count = 3
            }
            resource "aws_s3_bucket_versioning" "v" {
              for_each = toset(["a"])
              bucket   = aws_s3_bucket.b.id
              versioning_configuration {
                status = "Enabled"
              }
            }
        """,
    )
    coverage = session.context.coverage
    named = sum(g.count for g in coverage.not_evaluated if g.kind in ("unknown-kind", "part-without-owner"))
    assert coverage.seen == 5
    assert coverage.seen == coverage.evaluated + named


def test_entities_of_one_name_in_two_roots_are_both_kept(tmp_path: pathlib.Path) -> None:
    session = estate_of(tmp_path, dev__main=BUCKET, prod__main=BUCKET)
    assert len(session.estate.of_kind("aws_s3_bucket")) == 2


def test_a_snapshot_has_one_id_wherever_it_lies(tmp_path: pathlib.Path) -> None:
    first = estate_of(tmp_path / "one", main=BUCKET)
    second = estate_of(tmp_path / "two", main=BUCKET)
    other = estate_of(tmp_path / "three", main=BUCKET.replace("acme", "other"))
    assert first.context.snapshot.id == second.context.snapshot.id
    assert first.context.snapshot.id != other.context.snapshot.id


def test_one_name_with_an_unknown_piece_names_one_owner(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            variable "env" {}
            resource "aws_iam_role" "app" {
              name               = "app-${var.env}"
              assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
            resource "aws_iam_role_policy" "app" {
              name   = "app"
              role   = aws_iam_role.app.name
              policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
            resource "aws_iam_instance_profile" "app" {
              name = "app"
              role = aws_iam_role.app.name
            }
        """,
    )
    (role,) = session.estate.of_kind("aws_iam_role")
    assert [p["name"] for p in role.get("inline_policies")] == ["app"]
    assert [r.kind for r in session.estate.holders(role.urn, "has_role")] == ["aws_iam_instance_profile"]


def test_a_whole_that_parts_make_up_is_written(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_iam_role" "app" {
              name               = "app"
              assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
            resource "aws_iam_role_policy" "app" {
              name   = "app"
              role   = aws_iam_role.app.name
              policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
        """,
    )
    (role,) = session.estate.of_kind("aws_iam_role")
    value = role.value("inline_policies")
    assert value.truth == "known"
    assert value.origin is not None


def test_every_instance_is_evaluated_or_named_once(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=BUCKET
        + """
            data "aws_iam_role" "elsewhere" {
              name = "elsewhere"
            }
            resource "aws_iam_role" "here" {
              name               = "here"
              assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
            }
            resource "aws_iam_policy_attachment" "some" {
              name       = "some"
              roles      = [aws_iam_role.here.name, data.aws_iam_role.elsewhere.name, "nobody"]
              policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
            }
            resource "aws_iam_policy_attachment" "nobodys" {
              name       = "nobodys"
              users      = []
              policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
            }
            resource "aws_s3_bucket_versioning" "nobodys" {
              bucket = null
            }
        """,
    )
    coverage = session.context.coverage
    left = [g for g in coverage.not_evaluated if g.kind in ("unknown-kind", "part-without-owner")]
    assert [g.subject for g in left] == ["aws_iam_policy_attachment.nobodys", "aws_s3_bucket_versioning.nobodys"]
    assert coverage.seen == 5 == coverage.evaluated + sum(g.count for g in left)
    assert [g.count for g in coverage.not_evaluated if g.kind == "owner-not-seen"] == [2]
