"""No policy document, however malformed, makes a question raise; and what it hides is never a silent yes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity import Identity
from nephograph.engines.identity.administrators import administrators
from nephograph.engines.identity.trust import admits_strangers, passable_roles, trusts
from nephograph.model.value import Reason, Unknown

from .estates import Builder, allow, document

UNKNOWN = Unknown(Reason.NO_VALUE, "var.x")
WORDS = st.sampled_from(
    ["*", "?", "", "Allow", "Deny", "s3:GetObject", "arn:aws:s3:::data/*", "${aws:username}", "${", "⟨x⟩", "⟨", "⟩",
     "o-1", "repo:*", "arn:aws:iam::1:root", "arn::::::", "2012-10-17", "AROA", "10.0.0.0/33", "1e999", "true"]
)  # fmt: skip
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-1, 2), st.just(UNKNOWN), WORDS, st.text(max_size=6))
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
OPERATORS = st.sampled_from(
    ["Bool", "StringLike", "ForAllValues:ArnLike", "Null", "IpAddressIfExists", "DateEquals", "x:"]
)
KEYS = st.sampled_from(["aws:SourceIp", "aws:PrincipalArn", "s3:prefix", "aws:SecureTransport", "sts:ExternalId", "x"])
CONDITIONS = st.dictionaries(OPERATORS, st.dictionaries(KEYS, JSON, max_size=2) | JSON, max_size=2)
STATEMENTS = st.fixed_dictionaries(
    {},
    optional={
        "Effect": JSON | st.sampled_from(["Allow", "Deny"]),
        "Action": JSON,
        "NotAction": JSON,
        "Resource": JSON,
        "NotResource": JSON,
        "Principal": JSON | st.dictionaries(st.sampled_from(["AWS", "Service", "Federated", "CanonicalUser"]), JSON),
        "NotPrincipal": JSON,
        "Condition": JSON | CONDITIONS,
        "Sid": JSON,
    },
)
DOCUMENTS = JSON | st.fixed_dictionaries(
    {"Statement": STATEMENTS | st.lists(STATEMENTS | JSON, max_size=3)}, optional={"Version": JSON}
)


@settings(deadline=None, max_examples=150)
@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_no_document_raises(own, boundary, resource):
    build = Builder()
    edge = build.add("aws_iam_policy", "edge", "arn:aws:iam::111111111111:policy/edge", document=boundary)
    role = build.role("app", trust=resource, boundary=edge)
    role.config["inline_policies"].append({"name": UNKNOWN, "document": own})
    bucket = build.bucket("data", policy=resource)
    key = build.add("aws_kms_key", "key", "arn:aws:kms:eu-west-1:111111111111:key/⟨k⟩", policy=resource)
    identity = Identity(build.build())
    for who in (role, "anonymous", "stranger", "service:ec2.amazonaws.com", "222222222222", "federated:x", "nobody"):
        for action, what in (
            ("s3:GetObject", bucket),
            ("kms:Decrypt", key),
            ("iam:PassRole", role),
            ("x:y", "*"),
            ("", ""),
        ):
            assert identity.can(who, action, what).verdict.answer in ("yes", "no", "depends")
    trusts(identity, role)
    admits_strangers(identity, role)
    passable_roles(identity, role, "ec2.amazonaws.com")
    administrators(identity)


@settings(deadline=None, max_examples=100)
@given(DOCUMENTS)
def test_an_unreadable_document_never_hides_a_deny(own):
    # Whatever stands in the second policy, it can only leave the yes of the first one open or take it back.
    build = Builder()
    plain, role = build.role("plain"), build.role("app", allow("s3:ListBucket", "arn:aws:s3:::data"))
    for holder in (plain, role):
        holder.config["inline_policies"].append({"name": "x", "document": own})
    bucket = build.bucket("data")
    identity = Identity(build.build())
    order = {"no": 0, "depends": 1, "yes": 2}
    alone = identity.can(plain, "s3:ListBucket", bucket).verdict.answer
    assert order[identity.can(role, "s3:ListBucket", bucket).verdict.answer] >= order[alone]
    assert document()["Statement"] == []


def test_variables_are_text_in_documents_of_the_old_version():
    build = Builder()
    said = allow("s3:GetObject", "arn:aws:s3:::data/${aws:username}")
    user = build.user("ann")
    user.config["inline_policies"] = [{"name": "x", "document": document(said, version="2008-10-17")}]
    build.bucket("data")
    identity = Identity(build.build())
    assert identity.can(user, "s3:GetObject", "arn:aws:s3:::data/ann").verdict.answer == "no"
    assert identity.can(user, "s3:GetObject", "arn:aws:s3:::data/${aws:username}").verdict.answer == "yes"
    user.config["inline_policies"] = [{"name": "x", "document": document(said)}]
    identity = Identity(build.build())
    assert identity.can(user, "s3:GetObject", "arn:aws:s3:::data/ann").verdict.answer == "yes"
