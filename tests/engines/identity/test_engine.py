"""Decisions over small estates: every layer, alone and together."""

from __future__ import annotations

import pytest

from nephograph.engines.identity import Identity
from nephograph.engines.identity.administrators import is_administrator
from nephograph.model.value import Reason, Unknown

from .estates import AWAY, HOME, Builder, allow, deny, document, trust

BUCKET = "arn:aws:s3:::data"
OBJECTS = "arn:aws:s3:::data/*"
EVERYBODY = {"Principal": "*"}


def answer(identity: Identity, *question) -> str:
    return identity.can(*question).verdict.answer


def test_an_identity_policy_allows_and_says_which_statement():
    build = Builder()
    role = build.role(
        "app", allow("s3:PutObject", OBJECTS), allow(["s3:GetObject", "s3:ListBucket"], [BUCKET, OBJECTS])
    )
    bucket = build.bucket("data")
    decision = Identity(build.build()).can(role, "s3:GetObject", bucket)
    assert decision.verdict.answer == "yes"
    (fact,) = decision.verdict.because
    assert fact.text == f'role app: inline policy "data" statement 2 allows s3:GetObject on {OBJECTS}'
    assert fact.subject == role.urn
    assert fact.location == role.origin("inline_policies", 0, "document", "Statement", 1).span
    assert (decision.principal, decision.action, decision.resource) == (role.urn, "s3:GetObject", bucket.urn)


def test_nothing_allows():
    build = Builder()
    role, bucket = build.role("app", allow("s3:GetObject", "arn:aws:s3:::other/*")), build.bucket("data")
    verdict = Identity(build.build()).can(role, "s3:GetObject", bucket).verdict
    assert verdict.answer == "no"
    assert any("no statement of the 1 policies of app allows s3:GetObject" in fact.text for fact in verdict.because)


@pytest.mark.parametrize("where", ["identity", "boundary", "resource"])
def test_an_explicit_deny_wins_in_any_layer(where):
    build = Builder()
    denied = deny("s3:*", OBJECTS)
    boundary = build.policy("edge", allow("*"), *([denied] if where == "boundary" else []))
    role = build.role("app", allow("s3:*"), *([denied] if where == "identity" else []), boundary=boundary)
    own = [allow("s3:*", OBJECTS, **EVERYBODY), *([denied | EVERYBODY] if where == "resource" else [])]
    verdict = (
        Identity((build.bucket("data", *own), build.build())[1]).can(role, "s3:GetObject", "aws_s3_bucket:data").verdict
    )
    assert verdict.answer == "no"
    assert "denies s3:GetObject" in verdict.because[0].text


def test_a_boundary_cancels_what_an_identity_policy_allows():
    build = Builder()
    boundary = build.policy("edge", allow("ec2:*"))
    role, bucket = build.role("app", allow("s3:*"), boundary=boundary), build.bucket("data")
    verdict = Identity(build.build()).can(role, "s3:GetObject", bucket).verdict
    assert verdict.answer == "no"
    assert "policy edge (boundary of role app) does not allow s3:GetObject" in verdict.because[0].text


@pytest.mark.parametrize(
    ("noun", "principal", "expected"),
    [
        # An implicit deny of the boundary limits what is granted to a role's ARN, not what is granted to a user's.
        ("role", {"AWS": f"arn:aws:iam::{HOME}:role/app"}, "no"),
        ("user", {"AWS": f"arn:aws:iam::{HOME}:user/app"}, "yes"),
        ("role", "*", "yes"),
        ("role", {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/session"}, "depends"),
        ("role", {"AWS": f"arn:aws:sts::{HOME}:assumed-role/other/session"}, "no"),
        ("role", {"AWS": HOME}, "no"),
        ("user", {"AWS": f"arn:aws:iam::{HOME}:root"}, "no"),
    ],
)
def test_a_bucket_policy_and_a_boundary_of_the_same_account(noun, principal, expected):
    build = Builder()
    boundary = build.policy("edge", allow("ec2:*"))
    who = getattr(build, noun)("app", boundary=boundary)
    bucket = build.bucket("data", allow("s3:GetObject", OBJECTS, Principal=principal))
    assert answer(Identity(build.build()), who, "s3:GetObject", bucket) == expected


@pytest.mark.parametrize(
    ("own", "policy", "expected"),
    [
        (True, {"AWS": f"arn:aws:iam::{HOME}:role/app"}, "yes"),
        (True, {"AWS": HOME}, "yes"),
        (True, "*", "yes"),
        (False, "*", "no"),
        (True, None, "no"),
        (True, {"AWS": f"arn:aws:iam::{HOME}:role/other"}, "no"),
    ],
)
def test_across_accounts_both_sides_have_to_allow(own, policy, expected):
    build = Builder()
    role = build.role("app", *([allow("s3:*")] if own else []))
    statements = [allow("s3:GetObject", OBJECTS, Principal=policy)] if policy else []
    bucket = build.bucket("data", *statements, account=AWAY)
    assert answer(Identity(build.build()), role, "s3:GetObject", bucket) == expected


def test_unknown_accounts_are_compared_as_what_they_are():
    build = Builder()
    mine = "⟨account of provider aws⟩"
    role = build.role("app", allow("s3:*"), account=mine)
    near, far = build.bucket("near", account=mine), build.bucket("far", account="⟨account of provider aws.b⟩")
    identity = Identity(build.build())
    assert answer(identity, role, "s3:GetObject", near) == "yes"
    decision = identity.can(role, "s3:GetObject", far)
    assert decision.verdict.answer == "depends"
    assert "are one account" in decision.verdict.depends_on[0]


def test_some_object_is_enough_and_is_named():
    build = Builder()
    role = build.role("app", allow("s3:GetObject", "arn:aws:s3:::data/public/*"))
    bucket = build.bucket("data")
    decision = Identity(build.build()).can(role, "s3:GetObject", bucket)
    assert decision.verdict.answer == "yes"
    assert decision.condition == ("for objects under public/*",)


@pytest.mark.parametrize(
    ("allowed", "denied", "expected"),
    [
        ("data/*", "data/secret/*", "yes"),
        ("data/secret/*", "data/secret/*", "no"),
        ("data/secret/a*", "data/secret/*", "no"),
        ("*/public/*", "data/*", "no"),
        ("*", "data/*", "no"),
        ("data/public/*", "data/public/keys/*", "yes"),
        ("data", "other", "no"),
    ],
)
def test_objects_that_are_allowed_and_not_denied(allowed, denied, expected):
    build = Builder()
    role = build.role("app", allow("s3:GetObject", f"arn:aws:s3:::{allowed}"), deny("s3:*", f"arn:aws:s3:::{denied}"))
    bucket = build.bucket("data")
    assert answer(Identity(build.build()), role, "s3:GetObject", bucket) == expected


def test_groups_and_attached_policies_count():
    build = Builder()
    user = build.user("ann")
    build.group("readers", allow("s3:GetObject", OBJECTS), members=[user])
    attached = build.policy("writes", allow("s3:PutObject", OBJECTS))
    role = build.role("app", attached=[attached])
    bucket = build.bucket("data")
    identity = Identity(build.build())
    assert answer(identity, user, "s3:GetObject", bucket) == "yes"
    assert answer(identity, user, "s3:PutObject", bucket) == "no"
    verdict = identity.can(role, "s3:PutObject", bucket).verdict
    assert verdict.because[0].text.startswith("policy writes (held by role app) statement 1 allows s3:PutObject")
    assert verdict.because[0].subject == attached.urn


def test_aws_managed_policies_are_known_or_named():
    build = Builder()
    known = build.role("known", managed=["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"])
    strange = build.role("strange", managed=["arn:aws:iam::aws:policy/SomethingNew"])
    barred = build.role("barred", deny("*"), managed=["arn:aws:iam::aws:policy/SomethingNew"])
    bucket = build.bucket("data")
    identity = Identity(build.build())
    assert answer(identity, known, "s3:GetObject", bucket) == "yes"
    assert answer(identity, known, "s3:PutObject", bucket) == "no"
    verdict = identity.can(strange, "s3:GetObject", bucket).verdict
    assert verdict.answer == "depends"
    assert verdict.depends_on == (
        "content of AWS managed policy arn:aws:iam::aws:policy/SomethingNew is not in the data",
    )
    assert answer(identity, barred, "s3:GetObject", bucket) == "no"


@pytest.mark.parametrize(
    "name", ["AmazonRDSDirectoryServiceAccess", "AWSCodeDeployRoleForLambda", "AmazonEC2RoleforSSM", "AWSIoTLogging"]
)
def test_policies_of_aws_for_its_services_make_nobody_an_administrator(name):
    build = Builder()
    role = build.role("app", managed=[f"arn:aws:iam::aws:policy/service-role/{name}"])
    assert is_administrator(Identity(build.build()), role).verdict.answer == "no"


def test_an_unknown_document_leaves_open_what_it_could_change():
    build = Builder()
    role = build.role("app", allow("s3:*"))
    role.config["inline_policies"].append({"name": "x", "document": Unknown(Reason.NO_VALUE, "var.policy")})
    bucket = build.bucket("data")
    verdict = Identity(build.build()).can(role, "s3:GetObject", bucket).verdict
    assert verdict.answer == "depends"
    assert "var.policy" in verdict.depends_on[0]


def test_a_key_is_entered_by_its_policy_only():
    build = Builder()
    role = build.role("app", allow("kms:Decrypt"))
    bare = build.role("bare")
    arn = f"arn:aws:kms:eu-west-1:{HOME}:key/⟨aws_kms_key.k.key_id⟩"
    default = build.add("aws_kms_key", "default", arn + "1", policy=None)
    named = allow("kms:Decrypt", Principal={"AWS": f"arn:aws:iam::{HOME}:role/bare"})
    narrow = build.add("aws_kms_key", "narrow", arn + "2", policy=document(named))
    identity = Identity(build.build())
    assert answer(identity, role, "kms:Decrypt", default) == "yes"
    assert answer(identity, bare, "kms:Decrypt", default) == "no"
    assert answer(identity, role, "kms:Decrypt", narrow) == "no"
    assert answer(identity, bare, "kms:Decrypt", narrow) == "yes"
    assert answer(identity, "anonymous", "kms:Decrypt", narrow) == "no"


def test_a_role_is_entered_by_its_trust_policy():
    build = Builder()
    ann = build.user("ann", allow("sts:AssumeRole"))
    bob = build.user("bob")
    account = build.role("account", trust=trust({"AWS": f"arn:aws:iam::{HOME}:root"}))
    person = build.role("person", trust=trust({"AWS": bob.arn}))
    service = build.role("service", trust=trust({"Service": "ec2.amazonaws.com"}))
    closed = build.role("closed")
    identity = Identity(build.build())
    assert answer(identity, ann, "sts:AssumeRole", account) == "yes"
    assert answer(identity, bob, "sts:AssumeRole", account) == "no"
    assert answer(identity, ann, "sts:AssumeRole", person) == "no"
    assert answer(identity, bob, "sts:AssumeRole", person) == "yes"
    assert answer(identity, "service:ec2.amazonaws.com", "sts:AssumeRole", service) == "yes"
    assert answer(identity, "service:lambda.amazonaws.com", "sts:AssumeRole", service) == "no"
    assert answer(identity, ann, "sts:AssumeRole", closed) == "no"
    # Only entering the role asks its trust policy; changing it is an ordinary action.
    assert answer(identity, ann, "iam:GetRole", account) == "no"


def test_what_the_caller_chooses_and_what_it_cannot():
    build = Builder()
    tls = {"Bool": {"aws:SecureTransport": "true"}}
    organization = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    role = build.role(
        "app",
        allow("s3:GetObject", OBJECTS, Condition=tls),
        allow("s3:PutObject", OBJECTS, Condition=organization),
        allow("s3:ListBucket", BUCKET, Condition={"StringLike": {"s3:prefix": "home/*"}}),
        deny("s3:ListBucket", BUCKET, Condition={"StringLike": {"s3:prefix": "*"}}),
    )
    bucket = build.bucket("data")
    identity = Identity(build.build())
    decision = identity.can(role, "s3:GetObject", bucket)
    assert decision.verdict.answer == "yes"
    assert decision.condition == ("aws:SecureTransport is true, chosen by the caller",)
    decision = identity.can(role, "s3:PutObject", bucket)
    assert decision.verdict.answer == "depends"
    assert decision.condition == ("if aws:PrincipalOrgID is o-1",)
    assert answer(identity, role, "s3:ListBucket", bucket) == "no"


def test_a_question_about_something_unknown_is_open():
    build = Builder()
    role = build.role("app", allow("*"))
    decision = Identity(build.build()).can(role, "s3:GetObject", "aws_s3_bucket:nowhere")
    assert decision.verdict.answer == "depends"
    assert decision.verdict.depends_on == ("aws_s3_bucket:nowhere is not in the data",)


@pytest.mark.parametrize(
    ("said", "word", "expected"),
    [
        ({"Effect": "Allow", "Action": "s3:*"}, "no Resource", "depends"),
        ({"Effect": "Permit", "Action": "s3:*", "Resource": "*"}, "Effect is Permit", "depends"),
        (
            {"Effect": "Allow", "Action": "s3:*", "NotAction": "x", "Resource": "*"},
            "both Action and NotAction",
            "depends",
        ),
        ({"Effect": "Allow", "Action": {"s3": 1}, "Resource": "*"}, "Action is not a text", "depends"),
        ({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": "x"}, "Condition is not", "depends"),
        ({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": 1}}, "Condition.Bool", "depends"),
        ("statement", "not an object", "depends"),
        ({"Effect": "Allow", "Action": "ec2:*"}, "", "no"),
        ({"Effect": "Deny", "Action": "s3:*"}, "", "no"),
    ],
)
def test_a_malformed_statement_is_named_and_left_open(said, word, expected):
    build = Builder()
    role, bucket = build.role("app", said), build.bucket("data")
    verdict = Identity(build.build()).can(role, "s3:GetObject", bucket).verdict
    assert verdict.answer == expected
    assert any(word in reason for reason in verdict.depends_on) or not word


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (f"arn:aws:iam::{HOME}:role/*", "depends"),
        (f"arn:aws:iam::{HOME}:user/*", "no"),
        (f"arn:aws:iam::{HOME}:role/⟨var.name⟩", "depends"),
        ("⟨aws_iam_role.other.arn⟩", "depends"),
        ("AROAEXAMPLEID", "depends"),
    ],
)
def test_a_wildcard_in_a_principal_is_left_open(principal, expected):
    build = Builder()
    role = build.role("app")
    bucket = build.bucket("data", allow("s3:GetObject", OBJECTS, Principal={"AWS": principal}))
    assert answer(Identity(build.build()), role, "s3:GetObject", bucket) == expected


def test_what_a_person_reads(snapshot):
    build = Builder()
    edge = build.policy("edge", allow("s3:Get*", OBJECTS))
    role = build.role("app", allow("s3:*"), deny("s3:GetObject", "arn:aws:s3:::data/secret/*"), boundary=edge)
    bare = build.role("bare", managed=["arn:aws:iam::aws:policy/SomethingNew"])
    vpc = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
    bucket = build.bucket("data", deny("s3:Delete*", OBJECTS, Principal="*", Condition=vpc), acl="public-read")
    identity = Identity(build.build())
    lines = []
    for who in (role, bare, "anonymous", "service:s3.amazonaws.com"):
        for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
            decision = identity.can(who, action, bucket)
            lines.append(f"{decision.principal} {action}: {decision.verdict.answer} {list(decision.condition)}")
            lines += [f"    because {fact.text}" for fact in decision.verdict.because]
            lines += [f"    depends on {reason}" for reason in decision.verdict.depends_on]
    assert "\n".join(lines) == snapshot


def test_the_arn_of_another_entity_is_another_arn():
    build = Builder()
    stem = f"arn:aws:kms:eu-west-1:{HOME}:key/"
    mine = build.add("aws_kms_key", "mine", f"{stem}⟨aws_kms_key.mine.key_id⟩", policy=None)
    other = build.add("aws_kms_key", "other", f"{stem}⟨aws_kms_key.other.key_id⟩", policy=None)
    role = build.role("app", allow("kms:Decrypt", mine.arn), allow("s3:GetObject", "arn:aws:s3:::⟨var.a⟩/*"))
    build.bucket("⟨var.a⟩")
    data = build.bucket(
        "⟨var.b⟩", allow("s3:PutObject", "arn:aws:s3:::⟨var.b⟩/*", Principal={"AWS": role.arn + "⟨var.c⟩"})
    )
    build.role("app⟨var.c⟩")
    identity = Identity(build.build())
    assert answer(identity, role, "kms:Decrypt", mine) == "yes"
    assert answer(identity, role, "kms:Decrypt", other) == "no"
    assert answer(identity, role, "s3:GetObject", data) == "no"
    assert answer(identity, role, "s3:PutObject", data) == "no"


def test_a_resource_without_a_known_arn_is_covered_by_a_star_only():
    build = Builder()
    wide, narrow = build.role("wide", allow("rds:*")), build.role("narrow", allow("rds:*", "arn:aws:rds:*:*:db:shop"))
    database = build.add("aws_db_instance", "shop", "")
    identity = Identity(build.build())
    assert answer(identity, wide, "rds:DeleteDBInstance", database) == "yes"
    assert answer(identity, narrow, "rds:DeleteDBInstance", database) == "depends"


@pytest.mark.parametrize("principal", ["⟨var.who⟩", Unknown(Reason.NO_VALUE, "var.who")])
@pytest.mark.parametrize("who", ["stranger", "service:lambda.amazonaws.com"])
def test_a_principal_that_is_not_known_may_be_anybody(principal, who):
    build = Builder()
    role = build.role("app", trust=trust(principal))
    assert answer(Identity(build.build()), who, "sts:AssumeRole", role) == "depends"


def test_a_policy_of_a_resource_may_leave_the_resource_out():
    build = Builder()
    said = allow("s3:GetObject", Principal={"AWS": "*"})
    del said["Resource"]
    bucket = build.bucket("data", said)
    verdict = Identity(build.build()).can("stranger", "s3:ListBucket", bucket).verdict
    assert not [reason for reason in verdict.depends_on if "no Resource" in reason]
