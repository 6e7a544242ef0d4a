"""Parts that owners of several kinds get, and parts that name each other."""

from __future__ import annotations

import pathlib

from tests.support.trees import estate_of

IDENTITIES = """
    resource "aws_iam_role" "r" {
      name               = "r"
      assume_role_policy = "{}"
    }
    resource "aws_iam_user" "u" {
      name = "u"
    }
    resource "aws_iam_group" "g" {
      name = "g"
    }
    resource "aws_iam_policy" "p" {
      name   = "p"
      policy = "{}"
    }
"""


def test_one_attachment_gives_a_policy_to_roles_users_and_groups(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=IDENTITIES
        + """
            resource "aws_iam_policy_attachment" "a" {
              name       = "a"
              roles      = [aws_iam_role.r.name]
              users      = ["u"]
              groups     = [aws_iam_group.g.id]
              policy_arn = aws_iam_policy.p.arn
            }
        """,
    )
    (policy,) = session.estate.of_kind("aws_iam_policy")
    holders = session.estate.holders(policy.urn, "has_policy")
    assert {holder.kind for holder in holders} == {"aws_iam_role", "aws_iam_user", "aws_iam_group"}
    assert not [g for g in session.context.coverage.not_evaluated if g.kind == "part-without-owner"]


def test_an_owner_that_is_nowhere_is_named_and_the_others_still_get_the_part(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main=IDENTITIES
        + """
            resource "aws_iam_policy_attachment" "a" {
              name       = "a"
              roles      = [aws_iam_role.r.name, "stranger"]
              policy_arn = aws_iam_policy.p.arn
            }
        """,
    )
    (role,) = session.estate.of_kind("aws_iam_role")
    assert role.get("managed_policies") is not None
    (gap,) = [g for g in session.context.coverage.not_evaluated if g.kind == "owner-not-seen"]
    assert "'stranger'" in gap.why


def test_a_group_on_the_primary_interface_of_an_instance_is_the_instance_s(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_instance" "web" {
              ami           = "ami-1"
              instance_type = "t3.micro"
            }
            resource "aws_security_group" "g" {
              name = "g"
            }
            resource "aws_network_interface_sg_attachment" "a" {
              network_interface_id = aws_instance.web.primary_network_interface_id
              security_group_id    = aws_security_group.g.id
            }
        """,
    )
    (instance,) = session.estate.of_kind("aws_instance")
    (group,) = session.estate.of_kind("aws_security_group")
    assert session.estate.targets(instance.urn, "has_security_group") == [group]


def test_a_part_may_be_named_in_the_place_of_its_owner(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_s3_bucket" "b" {
              bucket = "acme"
            }
            resource "aws_s3_bucket_policy" "b" {
              bucket = aws_s3_bucket_versioning.b.id
              policy = jsonencode({ Statement = [{ Resource = "arn:aws:s3:::${aws_s3_bucket_versioning.b.id}/*" }] })
            }
            resource "aws_s3_bucket_versioning" "b" {
              bucket = aws_s3_bucket.b.id
              versioning_configuration {
                status = "Enabled"
              }
            }
        """,
    )
    (bucket,) = session.estate.of_kind("aws_s3_bucket")
    assert bucket.get("policy", "Statement", 0, "Resource") == "arn:aws:s3:::acme/*"


def test_parts_that_name_each_other_have_no_owner(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_s3_bucket_policy" "a" {
              bucket = aws_s3_bucket_versioning.b.id
              policy = "{}"
            }
            resource "aws_s3_bucket_versioning" "b" {
              bucket = aws_s3_bucket_policy.a.id
              versioning_configuration {
                status = "Enabled"
              }
            }
        """,
    )
    gaps = [g for g in session.context.coverage.not_evaluated if g.kind == "part-without-owner"]
    assert {gap.subject for gap in gaps} == {"aws_s3_bucket_policy.a", "aws_s3_bucket_versioning.b"}


def test_the_arn_of_a_secret_s_version_is_the_secret_s(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path,
        main="""
            resource "aws_secretsmanager_secret" "s" {
              name = "db"
            }
            resource "aws_secretsmanager_secret_version" "v" {
              secret_id     = aws_secretsmanager_secret.s.id
              secret_string = "hunter2"
            }
            resource "aws_iam_policy" "p" {
              name   = "p"
              policy = jsonencode({ Statement = [{ Resource = aws_secretsmanager_secret_version.v.arn }] })
            }
        """,
    )
    (policy,) = session.estate.of_kind("aws_iam_policy")
    (secret,) = session.estate.of_kind("aws_secretsmanager_secret")
    assert policy.get("document", "Statement", 0, "Resource") == secret.arn
    assert ":secret:db-" in secret.arn
    assert secret.get("versions") == [{"in_code": True}]
    assert "hunter2" not in repr(secret.config)
