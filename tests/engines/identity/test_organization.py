"""Policies of an organization, of sessions, of endpoints, grants of keys and access points, over whole small trees."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from nephograph.engines.identity import Identity
from nephograph.engines.identity.administrators import is_administrator
from nephograph.engines.identity.assumptions import taken_for_granted
from nephograph.engines.identity.statement import Place, read_policy
from nephograph.session import open_estate
from tests.support.trees import estate_of

from .estates import AWAY, HOME, Builder, allow, deny, document

MEMBER, MANAGER = "222222222222", "333333333333"
FULL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
NO_DELETE = {"Version": "2012-10-17", "Statement": [deny("s3:DeleteBucket")]}
ONLY_EC2 = {"Version": "2012-10-17", "Statement": [allow("ec2:*")]}


def organization(
    build: Builder, at: dict[str, list[Any]], field: str = "service_control_policies", delegated: tuple[str, ...] = ()
) -> None:
    """A root, unit `prod`, and account MEMBER in it, as an API says them; `at` names the policies of each level."""
    type_ = {"service_control_policies": "SERVICE_CONTROL_POLICY"}.get(field, "RESOURCE_CONTROL_POLICY")
    levels = {}
    for name, kind, more in (
        ("root", "aws_organizations_organization", {"management_account": MANAGER, "policy_types": [type_]}),
        ("prod", "aws_organizations_organizational_unit", {"id": "ou-1"}),
        ("shop", "aws_organizations_account", {"id": MEMBER, "delegated_services": list(delegated)}),
    ):
        policies = at.get(name, [FULL])
        ids = [f"p-{name}{number}" for number in range(len(policies))]
        levels[name] = build.add(kind, name, f"arn:{name}", MANAGER, **more, **{field: ids})
        for id_, said in zip(ids, policies, strict=True):
            policy = build.add("aws_organizations_policy", id_, "", MANAGER, id=id_, type=type_, document=said)
            build.link("has_policy", levels[name], policy, field, ids.index(id_))
    build.link("contains", levels["root"], levels["prod"])
    build.link("contains", levels["prod"], levels["shop"])


def decided(build: Builder, who: Any, action: str, what: Any, **given: Any) -> tuple[str, str]:
    found = Identity(build.build()).explain(who, action, what, given or None)
    assert found.analysis is not None
    return found.analysis.effect, found.analysis.blocked_by


@pytest.mark.parametrize(
    ("at", "account", "expected"),
    [
        ({}, MEMBER, ("allowed", "")),
        ({"root": [FULL, NO_DELETE]}, MEMBER, ("explicitly_denied", "scp")),
        ({"prod": [ONLY_EC2]}, MEMBER, ("implicitly_denied", "scp")),
        ({"prod": [ONLY_EC2, FULL]}, MEMBER, ("allowed", "")),
        ({"shop": []}, MEMBER, ("implicitly_denied", "scp")),
        # The management account's principals are exempt, and so is an account that is not of the organization.
        ({"root": [NO_DELETE]}, MANAGER, ("allowed", "")),
        ({"root": [NO_DELETE]}, HOME, ("allowed", "")),
    ],
)
def test_every_level_of_the_organization_has_to_allow(
    at: dict[str, list[Any]], account: str, expected: tuple[str, str]
) -> None:
    build = Builder()
    organization(build, at)
    role = build.role("app", allow("s3:*"), account=account)
    assert decided(build, role, "s3:DeleteBucket", build.bucket("data", account=account)) == expected


def test_a_delegated_administrator_is_a_member_like_any_other() -> None:
    for field, layer in (("service_control_policies", "scp"), ("resource_control_policies", "rcp")):
        build = Builder()
        everybody = {"Principal": "*"} if layer == "rcp" else {}
        no = {"Version": "2012-10-17", "Statement": [deny("s3:DeleteBucket", **everybody)]}
        organization(build, {"root": [FULL, no]}, field, delegated=("guardduty.amazonaws.com",))
        role = build.role("app", allow("s3:*"), account=MEMBER)
        bucket = build.bucket("data", account=MEMBER)
        assert decided(build, role, "s3:DeleteBucket", bucket) == ("explicitly_denied", layer)


def test_service_linked_roles_are_exempt() -> None:
    build = Builder()
    organization(build, {"root": [NO_DELETE]})
    role = build.role("aws-service-role/x/app", allow("s3:*"), account=MEMBER)
    assert decided(build, role, "s3:DeleteBucket", build.bucket("data", account=MEMBER))[0] == "allowed"


@pytest.mark.parametrize(("prod", "expected"), [([FULL], "yes"), ([ONLY_EC2], "no"), ([FULL, NO_DELETE], "depends")])
def test_an_organization_limits_its_administrators(prod: list[Any], expected: str) -> None:
    build = Builder()
    organization(build, {"prod": prod})
    role = build.role("admin", allow("*"), account=MEMBER)
    assert is_administrator(Identity(build.build()), role).verdict.answer == expected


def test_which_level_says_what_is_told() -> None:
    build = Builder()
    organization(build, {"prod": [FULL, NO_DELETE]})
    role, bucket = build.role("app", allow("s3:*"), account=MEMBER), build.bucket("data", account=MEMBER)
    analysis = Identity(build.build()).explain(role, "s3:DeleteBucket", bucket).analysis
    assert analysis is not None
    levels = [(one.level, one.says) for one in analysis.layers if one.layer == "scp"]
    assert levels == [("the root", "allows"), ("unit prod", "denies"), ("account shop", "allows")]


OUTSIDE = {
    "Version": "2012-10-17",
    "Statement": [deny("s3:*", Principal="*", Condition={"StringNotEquals": {"aws:PrincipalAccount": MEMBER}})],
}


@pytest.mark.parametrize(
    ("principal", "account", "expected"),
    [
        (HOME, MEMBER, ("explicitly_denied", "rcp")),
        (MEMBER, MEMBER, ("allowed", "")),
        # The management account's own resources are not bound; its principals are, at a member's resource.
        (MANAGER, MEMBER, ("explicitly_denied", "rcp")),
        (HOME, MANAGER, ("allowed", "")),
    ],
)
def test_a_resource_control_policy_follows_the_account_of_the_resource(
    principal: str, account: str, expected: tuple[str, str]
) -> None:
    build = Builder()
    organization(build, {"root": [OUTSIDE]}, "resource_control_policies")
    role = build.role("app", allow("s3:*"), account=principal)
    bucket = build.bucket("data", allow("s3:GetObject", "arn:aws:s3:::data/*", Principal="*"), account=account)
    assert decided(build, role, "s3:GetObject", bucket) == expected


def test_resource_control_policies_restrict_some_services_only() -> None:
    build = Builder()
    everything = {"Version": "2012-10-17", "Statement": [deny("*", Principal="*")]}
    organization(build, {"root": [everything]}, "resource_control_policies")
    role = build.role("app", allow("*"), account=MEMBER)
    assert decided(build, role, "ec2:RunInstances", "*")[0] == "allowed"
    assert decided(build, role, "sqs:SendMessage", "*") == ("explicitly_denied", "rcp")
    assert decided(build, role, "events:PutEvents", "*") == ("explicitly_denied", "rcp")


TREE = """
    provider "aws" {}
    provider "aws" {
      alias               = "shop"
      allowed_account_ids = ["222222222222"]
    }
    resource "aws_organizations_organization" "o" {
      enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
    }
    resource "aws_organizations_organizational_unit" "prod" {
      name      = "prod"
      parent_id = aws_organizations_organization.o.roots[0].id
    }
    resource "aws_organizations_account" "shop" {
      name      = "shop"
      email     = "shop@example.com"
      parent_id = aws_organizations_organizational_unit.prod.id
    }
    variable "where" {}
    resource "aws_organizations_policy" "no_delete" {
      name    = "no-delete"
      content = jsonencode({ Version = "2012-10-17", Statement = [
        { Sid = "NoDelete", Effect = "Deny", Action = "s3:DeleteBucket", Resource = "*" }] })
    }
    resource "aws_organizations_policy_attachment" "a" {
      policy_id = aws_organizations_policy.no_delete.id
      target_id = %s
    }
    %s
"""
ROLE = """
    resource "aws_iam_role" "%s" {
      provider           = aws%s
      name               = "%s"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
      managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
    }
"""


@pytest.mark.parametrize(
    ("target", "alias", "action", "expected"),
    [
        ("aws_organizations_organizational_unit.prod.id", ".shop", "s3:ListAllMyBuckets", "yes"),
        # Numbers of accounts that are made here are not known before they are.
        ("aws_organizations_organizational_unit.prod.id", ".shop", "s3:DeleteBucket", "depends"),
        # What is made beside the organization is in its management account.
        ("aws_organizations_organization.o.roots[0].id", "", "s3:DeleteBucket", "yes"),
        ("var.where", ".shop", "s3:DeleteBucket", "depends"),
    ],
)
def test_an_organization_in_code(tmp_path: pathlib.Path, target: str, alias: str, action: str, expected: str) -> None:
    session = estate_of(tmp_path, main=TREE % (target, ROLE % ("r", alias, "r")))
    identity = Identity(session.estate)
    assert identity.can(identity.principals()[0], action, "*").verdict.answer == expected


def test_what_is_not_in_the_data_is_named(tmp_path: pathlib.Path) -> None:
    bare = estate_of(tmp_path / "bare", main='provider "aws" {}\n' + ROLE % ("r", "", "r"))
    said = " ".join(taken_for_granted(bare.estate, Identity(bare.estate).organization))
    assert "service control policies, resource control policies, session policies" in said
    whole = estate_of(tmp_path / "whole", main=TREE % ("aws_organizations_organization.o.roots[0].id", ""))
    said = " ".join(taken_for_granted(whole.estate, Identity(whole.estate).organization))
    assert "service control policies" not in said
    assert "session policies" in said


def test_a_session_policy_limits_what_the_role_has() -> None:
    build = Builder()
    role, bucket = build.role("app", allow("s3:*")), build.bucket("data")
    session = f"arn:aws:sts::{HOME}:assumed-role/app/me"
    by_session = build.bucket("mine", allow("s3:GetObject", "arn:aws:s3:::mine/*", Principal={"AWS": session}))
    identity = Identity(build.build())
    only = read_policy(document(allow("s3:GetObject", "arn:aws:s3:::data/a")), Place("session policy"))

    def effect(who: Any, key: str, what: Any = bucket) -> str:
        analysis = identity.explain(who, "s3:GetObject", f"{what.arn}/{key}", None, only).analysis
        assert analysis is not None
        return f"{analysis.effect} {analysis.blocked_by}".strip()

    assert effect(role, "a") == "allowed"
    assert effect(session, "b") == "implicitly_denied session"
    # What a resource grants to the session itself is not limited by the policy it was made with.
    assert effect(session, "b", by_session) == "allowed"
    other = f"arn:aws:sts::{HOME}:assumed-role/app/other"
    assert effect(other, "b", by_session) == "implicitly_denied session"


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("vpce-open", ("allowed", "")),
        ("vpce-narrow", ("implicitly_denied", "endpoint")),
        ("vpce-elsewhere", ("depends", "")),
    ],
)
def test_an_endpoint_that_is_named_limits_what_passes(endpoint: str, expected: tuple[str, str]) -> None:
    build = Builder()
    role, bucket = build.role("app", allow("s3:*")), build.bucket("data")
    build.add("aws_vpc_endpoint", "open", "", id="vpce-open")
    narrow = document(allow("s3:PutObject", Principal="*"))
    build.add("aws_vpc_endpoint", "narrow", "", id="vpce-narrow", endpoint_policy=narrow)
    found = Identity(build.build()).explain(role, "s3:GetObject", bucket, {"aws:SourceVpce": (endpoint,)})
    assert found.analysis is not None
    assert (found.analysis.effect, found.analysis.blocked_by) == expected


def test_a_grant_of_a_key_lets_its_grantee_use_it() -> None:
    build = Builder()
    role = build.role("app")
    grants = [{"name": "g", "grantee": role.arn, "operations": ["Decrypt"], "context_equals": {"a": "b"}}]
    policy = document(allow("kms:*", Principal={"AWS": f"arn:aws:iam::{HOME}:root"}))
    key = build.add("aws_kms_key", "k", f"arn:aws:kms:eu-west-1:{HOME}:key/k", policy=policy, grants=grants)
    identity = Identity(build.build())
    exact = {"kms:EncryptionContext:a": ("b",), "kms:EncryptionContextKeys": ("a",)}
    assert identity.can(role, "kms:Decrypt", key, exact).verdict.answer == "yes"
    assert identity.can(role, "kms:Encrypt", key, exact).verdict.answer == "no"
    more = {**exact, "kms:EncryptionContextKeys": ("a", "c")}
    assert identity.can(role, "kms:Decrypt", key, more).verdict.answer == "no"


@pytest.mark.parametrize(
    ("at_the_point", "at_the_bucket", "expected"),
    [
        (True, "delegates", "yes"),
        (True, "denies", "no"),
        (False, "delegates", "no"),
        (True, "", "no"),
    ],
)
def test_both_an_access_point_and_its_bucket_let_pass(at_the_point: bool, at_the_bucket: str, expected: str) -> None:
    build = Builder()
    arn = f"arn:aws:s3:eu-west-1:{HOME}:accesspoint/door"
    role = build.role("app", allow("s3:GetObject"), account=AWAY)
    delegates = allow(
        "s3:*", "arn:aws:s3:::data/*", Principal="*", Condition={"StringEquals": {"s3:DataAccessPointAccount": HOME}}
    )
    refuses = deny("s3:*", "arn:aws:s3:::data/*", Principal="*")
    bucket = build.bucket("data", *{"delegates": [delegates], "denies": [delegates, refuses]}.get(at_the_bucket, []))
    policy = document(allow("s3:GetObject", f"{arn}/object/*", Principal={"AWS": role.arn}))
    point = build.add(
        "aws_s3_access_point", "door", arn, policy=policy if at_the_point else None, network_origin="Internet"
    )
    build.link("access_point_of", point, bucket)
    assert Identity(build.build()).can(role, "s3:GetObject", f"{arn}/object/x").verdict.answer == expected


BUCKET = {
    "list-buckets.json": {"Buckets": [{"Name": "open"}]},
    "get-bucket-policy.open.json": {
        "Policy": json.dumps(document(allow("s3:GetObject", "arn:aws:s3:::open/*", Principal="*")))
    },
    "get-public-access-block.open.json": {
        "PublicAccessBlockConfiguration": dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False
        )
    },
    "get-bucket-ownership-controls.open.json": {
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    },
}


@pytest.mark.parametrize(("asked", "expected"), [(True, "yes"), (False, "depends")])
def test_a_block_of_the_account_that_nobody_asked_for_is_not_known(
    tmp_path: pathlib.Path, asked: bool, expected: str
) -> None:
    folder = tmp_path / "accounts" / "111122223333" / "global" / "s3api"
    folder.mkdir(parents=True)
    for name, said in BUCKET.items():
        (folder / name).write_text(json.dumps(said))
    if asked:
        control = tmp_path / "accounts" / "111122223333" / "global" / "s3control"
        control.mkdir()
        (control / "get-public-access-block.111122223333.json").write_text(
            "\nAn error occurred (NoSuchPublicAccessBlockConfiguration) when calling the GetPublicAccessBlock "
            "operation: none\n"
        )
    session = open_estate([str(tmp_path)], today="2026-01-01")
    verdict = Identity(session.estate).can("anonymous", "s3:GetObject", "arn:aws:s3:::open/x").verdict
    assert verdict.answer == expected, verdict
