"""What resources grant by themselves: public buckets and what closes them, functions, secrets."""

from __future__ import annotations

import pytest

from nephograph.engines.identity import Identity
from nephograph.model.value import Reason, Unknown

from .estates import AWAY, HOME, Builder, allow, deny, document

OBJECTS = "arn:aws:s3:::data/*"
BUCKET = "arn:aws:s3:::data"
EVERYBODY = {"Principal": "*"}
READ = allow("s3:GetObject", OBJECTS, **EVERYBODY)
UNKNOWN = Unknown(Reason.NO_VALUE, "var.block")


def block(**flags):
    names = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")
    return {"public_access_block": dict.fromkeys(names, False) | flags}


def limited(**condition):
    return [READ | {"Condition": condition}]


def test_a_public_policy_is_public():
    build = Builder()
    bucket = build.bucket("data", READ)
    decision = Identity(build.build()).can("anonymous", "s3:GetObject", bucket)
    assert decision.verdict.answer == "yes"
    (fact,) = decision.verdict.because
    assert fact.text == "bucket policy of data statement 1 allows s3:GetObject on arn:aws:s3:::data/*"
    assert (fact.subject, fact.location) == (bucket.urn, bucket.origin("policy", "Statement", 0).span)


@pytest.mark.parametrize(
    ("statements", "config", "expected"),
    [
        ([READ], block(restrict_public_buckets=True), "no"),
        ([READ], block(restrict_public_buckets=UNKNOWN), "depends"),
        # A policy that is already there stays in force; a new one would be refused.
        ([READ], block(block_public_policy=True), "depends"),
        ([READ], block(block_public_acls=True, ignore_public_acls=True), "yes"),
        ([READ], {"public_access_block": None}, "no"),
        ([allow("s3:GetObject", OBJECTS, Principal={"AWS": "*"})], {}, "yes"),
        ([allow("s3:GetObject", OBJECTS, Principal={"AWS": HOME})], {}, "no"),
        ([READ, deny("s3:GetObject", OBJECTS, **EVERYBODY)], {}, "no"),
        ([READ, deny("s3:GetObject", "arn:aws:s3:::data/secret/*", **EVERYBODY)], {}, "yes"),
        ([allow("s3:ListBucket", BUCKET, **EVERYBODY)], {}, "no"),
        (limited(IpAddress={"aws:SourceIp": "203.0.113.0/24"}), {}, "depends"),
        (limited(IpAddress={"aws:SourceIp": "0.0.0.0/0"}), {}, "yes"),
        (limited(StringEquals={"aws:PrincipalOrgID": "o-1"}), {}, "no"),
        (limited(StringEquals={"aws:SourceVpce": "vpce-1"}), {}, "depends"),
        (limited(Bool={"aws:SecureTransport": "true"}), {}, "yes"),
        (limited(StringLike={"aws:Referer": "https://shop.example/*"}), {}, "yes"),
        (limited(StringEquals={"aws:PrincipalArn": f"arn:aws:iam::{HOME}:role/app"}), {}, "no"),
        (limited(StringEquals={"aws:PrincipalTag/team": "shop"}), {}, "no"),
        (limited(StringNotEquals={"aws:PrincipalAccount": AWAY}), {}, "yes"),
        ([], {}, "no"),
        ([], {"policy": UNKNOWN}, "depends"),
        # Not public by S3's own definition, so the restriction leaves it alone.
        (limited(StringEquals={"aws:SourceVpce": "vpce-1"}), block(restrict_public_buckets=True), "depends"),
        (limited(StringLike={"aws:SourceVpce": "vpce-*"}), block(restrict_public_buckets=True), "no"),
        (limited(IpAddress={"aws:SourceIp": "203.0.113.0/24"}), block(restrict_public_buckets=True), "depends"),
        (limited(IpAddress={"aws:SourceIp": "0.0.0.0/1"}), block(restrict_public_buckets=True), "no"),
    ],
)
def test_whether_anybody_reads_an_object(statements, config, expected):
    build = Builder()
    bucket = build.bucket("data", *statements, **config)
    assert Identity(build.build()).can("anonymous", "s3:GetObject", bucket).verdict.answer == expected


@pytest.mark.parametrize(("account", "expected"), [(HOME, "no"), (AWAY, "yes"), ("⟨account⟩", "depends")])
def test_a_block_of_the_account_covers_its_buckets(account, expected):
    build = Builder()
    bucket = build.bucket("data", READ)
    flags = dict.fromkeys(("block_public_policy", "restrict_public_buckets"), True)
    build.add("aws_s3_account_public_access_block", "all", "", account, **flags)
    assert Identity(build.build()).can("anonymous", "s3:GetObject", bucket).verdict.answer == expected


def test_a_restricted_public_bucket_is_closed_to_other_accounts_and_open_at_home():
    build = Builder()
    home, away = build.role("home", allow("s3:*")), build.role("away", allow("s3:*"), account=AWAY)
    bucket = build.bucket("data", READ, **block(restrict_public_buckets=True))
    identity = Identity(build.build())
    assert identity.can(home, "s3:GetObject", bucket).verdict.answer == "yes"
    verdict = identity.can(away, "s3:GetObject", bucket).verdict
    assert verdict.answer == "no"
    assert "restrict_public_buckets is on" in verdict.because[0].text


OPEN_ACLS = {"ownership": "ObjectWriter"}


@pytest.mark.parametrize(
    ("config", "action", "expected"),
    [
        ({"acl": "public-read"} | OPEN_ACLS, "s3:ListBucket", "yes"),
        ({"acl": "public-read"} | OPEN_ACLS, "s3:PutObject", "no"),
        ({"acl": "public-read-write"} | OPEN_ACLS, "s3:PutObject", "yes"),
        # The bucket's list does not speak for its objects, and theirs are not in the data.
        ({"acl": "public-read"} | OPEN_ACLS, "s3:GetObject", "depends"),
        ({"acl": "private"} | OPEN_ACLS, "s3:GetObject", "depends"),
        ({"acl": "private"} | OPEN_ACLS | block(ignore_public_acls=True), "s3:GetObject", "no"),
        ({"acl": "public-read", "ownership": "BucketOwnerEnforced"}, "s3:ListBucket", "no"),
        ({"acl": "public-read"} | OPEN_ACLS | block(ignore_public_acls=True), "s3:ListBucket", "no"),
        ({"acl": "public-read"} | OPEN_ACLS | block(block_public_acls=True), "s3:ListBucket", "depends"),
        ({"acl": "authenticated-read"} | OPEN_ACLS, "s3:ListBucket", "no"),
        ({"acl": UNKNOWN} | OPEN_ACLS, "s3:ListBucket", "depends"),
        ({"acl": UNKNOWN, "ownership": "BucketOwnerEnforced"}, "s3:ListBucket", "no"),
        (
            {"grants": [{"grantee": "http://acs.amazonaws.com/groups/global/AllUsers", "permission": "READ_ACP"}]}
            | OPEN_ACLS,
            "s3:GetBucketAcl",
            "yes",
        ),
    ],
)
def test_access_control_lists(config, action, expected):
    build = Builder()
    bucket = build.bucket("data", **config)
    assert Identity(build.build()).can("anonymous", action, bucket).verdict.answer == expected


def test_authenticated_read_is_anybody_with_an_account():
    build = Builder()
    bucket = build.bucket("data", acl="authenticated-read", **OPEN_ACLS)
    assert Identity(build.build()).can("stranger", "s3:ListBucket", bucket).verdict.answer == "yes"


def test_a_secret_says_who_reads_it():
    build = Builder()
    arn = f"arn:aws:secretsmanager:eu-west-1:{HOME}:secret:db-⟨suffix⟩"
    whom = {"AWS": [f"arn:aws:iam::{AWAY}:role/ci", f"arn:aws:iam::{HOME}:role/app"]}
    own = document(allow("secretsmanager:GetSecretValue", "*", Principal=whom))
    secret = build.add("aws_secretsmanager_secret", "db", arn, policy=own)
    reader = build.role(
        "reader", allow("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:*:{HOME}:secret:db-*")
    )
    app, other = build.role("app"), build.role("other", allow("s3:*"))
    identity = Identity(build.build())
    found = {one.principal: one.verdict.answer for one in identity.who("secretsmanager:GetSecretValue", secret)}
    assert found == {reader.urn: "yes", app.urn: "yes", f"arn:aws:iam::{AWAY}:role/ci": "depends"}
    assert other.urn not in found


def test_permissions_of_a_function():
    build = Builder()
    arn = f"arn:aws:lambda:eu-west-1:{HOME}:function:resize"
    permissions = [
        {"statement_id": "s3", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"},
        {
            "statement_id": "events",
            "action": "lambda:InvokeFunction",
            "principal": "events.amazonaws.com",
            "source_arn": f"arn:aws:events:eu-west-1:{HOME}:rule/nightly",
        },
        {
            "statement_id": "url",
            "action": "lambda:InvokeFunctionUrl",
            "principal": "*",
            "function_url_auth_type": "NONE",
        },
        {
            "statement_id": "organization",
            "action": "lambda:GetFunction",
            "principal": "*",
            "organization": "o-1",
            "qualifier": "live",
        },
    ]
    function = build.add("aws_lambda_function", "resize", arn, permissions=permissions, url={"auth_type": "NONE"})
    closed = build.add("aws_lambda_function", "x", arn + "2", permissions=permissions, url={"auth_type": "AWS_IAM"})
    identity = Identity(build.build())

    def answer(who, action, what=function):
        return identity.can(who, action, what).verdict.answer

    assert answer("service:s3.amazonaws.com", "lambda:InvokeFunction") == "yes"
    decision = identity.can("service:events.amazonaws.com", "lambda:InvokeFunction", function)
    assert decision.condition == (f"if aws:SourceArn is like arn:aws:events:eu-west-1:{HOME}:rule/nightly",)
    assert answer("stranger", "lambda:GetFunction") == "no"
    assert answer(AWAY, "lambda:GetFunction") == "depends"
    assert answer("anonymous", "lambda:InvokeFunctionUrl") == "yes"
    assert answer("anonymous", "lambda:InvokeFunction") == "no"
    assert answer("anonymous", "lambda:InvokeFunctionUrl", closed) == "no"


@pytest.mark.parametrize(
    ("named", "boundary", "expected"),
    [
        ([f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:root"], False, "yes"),
        ([f"arn:aws:iam::{HOME}:role/app"], False, "depends"),
        ([f"arn:aws:iam::{HOME}:role/other"], False, "no"),
        # NotPrincipal with Deny hits whoever has a boundary, whatever it names.
        ([f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:root"], True, "no"),
    ],
)
def test_a_deny_to_everybody_but_some(named, boundary, expected):
    build = Builder()
    edge = build.policy("edge", allow("*")) if boundary else None
    role = build.role("app", allow("s3:*"), boundary=edge)
    bucket = build.bucket("data", deny("s3:*", [BUCKET, OBJECTS], NotPrincipal={"AWS": named}))
    assert Identity(build.build()).can(role, "s3:GetObject", bucket).verdict.answer == expected


def test_some_resource_at_all():
    build = Builder()
    role = build.role(
        "app",
        allow("lambda:CreateFunction", f"arn:aws:lambda:*:{HOME}:function:shop-*"),
        allow("ec2:RunInstances", "*"),
        allow("sqs:SendMessage", f"arn:aws:sqs:*:{AWAY}:inbox"),
    )
    identity = Identity(build.build())
    decision = identity.can(role, "lambda:CreateFunction", "*")
    assert decision.verdict.answer == "yes"
    assert decision.condition == (f"for resources under arn:aws:lambda:*:{HOME}:function:shop-*",)
    assert identity.can(role, "ec2:RunInstances", "*").verdict.answer == "yes"
    assert identity.can(role, "iam:CreateUser", "*").verdict.answer == "no"
    assert identity.can(role, "sqs:SendMessage", "*").verdict.answer == "depends"


def test_one_object_by_its_arn():
    build = Builder()
    role = build.role("app", allow("s3:GetObject", "arn:aws:s3:::data/public/*"))
    build.bucket("data")
    identity = Identity(build.build())
    assert identity.can(role, "s3:GetObject", "arn:aws:s3:::data/public/a").verdict.answer == "yes"
    assert identity.can(role, "s3:GetObject", "arn:aws:s3:::data/private/a").verdict.answer == "no"
    # A bucket that is not in the data may say anything.
    assert identity.can(role, "s3:GetObject", "arn:aws:s3:::elsewhere/a").verdict.answer == "depends"


def test_a_bucket_closed_to_every_address_is_open_to_endpoints_only():
    build = Builder()
    anywhere = {"IpAddress": {"aws:SourceIp": ["0.0.0.0/0", "::/0"]}}
    bucket = build.bucket("data", READ, deny("s3:*", OBJECTS, Condition=anywhere, **EVERYBODY))
    decision = Identity(build.build()).can("anonymous", "s3:GetObject", bucket)
    assert decision.verdict.answer == "depends"
    assert decision.condition == ("if the request comes through a VPC endpoint",)


@pytest.mark.parametrize(("second", "expected"), [("b", "depends"), ("a", "yes")])
def test_values_that_are_not_tried_are_never_called_impossible(second, expected):
    # Both keys in one request would do; only one value at a time is tried.
    build = Builder()
    both = {"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}, "ForAnyValue:StringLike": {"aws:TagKeys": second}}
    role = build.role("app", allow("iam:TagRole", "*", Condition=both))
    identity = Identity(build.build())
    assert identity.can(role, "iam:TagRole", role).verdict.answer == expected
