"""Questions without a prospect are proven no's: what the full decision calls possible is never left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity import Identity
from nephograph.model.value import Reason, Unknown

from .estates import AWAY, HOME, Builder, allow, deny, document

ROLE, USER = f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{AWAY}:user/ann"
ACTIONS = ("s3:GetObject", "s3:ListBucket", "kms:Decrypt", "sts:AssumeRole", "iam:PassRole")
DOCUMENTS = st.just(Unknown(Reason.NO_VALUE, "var.x"))
STATEMENTS = st.builds(
    lambda effect, action, on, condition: {"Effect": effect, **action, **on, **condition},
    st.sampled_from(["Allow", "Allow", "Allow", "Deny", "Perhaps"]),
    st.sampled_from(
        [{"Action": a} for a in ("*", "s3:*", *ACTIONS, "s3:⟨x⟩", "x:y")]
        + [{"NotAction": "s3:*"}, {"NotAction": "x:y"}]
    ),
    st.sampled_from(
        [
            {"Resource": r}
            for r in ("*", "arn:aws:s3:::data/*", "arn:aws:s3:::data", "arn:aws:s3:::⟨b⟩/in/${aws:username}")
        ]
        + [{"Resource": ROLE}, {"Resource": "arn:aws:iam::*:role/*"}, {"NotResource": "arn:aws:s3:::data/*"}]
    ),
    st.sampled_from([{}, {}, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}]),
)
NAMED = st.sampled_from(
    [{"Principal": p} for p in ("*", {"AWS": HOME}, {"AWS": AWAY}, {"AWS": ROLE}, {"AWS": USER}, {"AWS": "⟨x⟩"})]
    + [{"Principal": {"Service": "ec2.amazonaws.com"}}, {"NotPrincipal": {"AWS": ROLE}}, {}]
)
HELD = st.lists(STATEMENTS, max_size=2)
OWN = st.lists(st.builds(lambda said, whom: said | whom, STATEMENTS, NAMED), max_size=2)
ACCOUNTS = st.sampled_from([HOME, AWAY, "⟨x⟩", "⟨#1⟩", "⟨#2⟩"])


@settings(deadline=None, max_examples=300)
@given(HELD, HELD, HELD, OWN | DOCUMENTS, OWN | DOCUMENTS, OWN | DOCUMENTS, ACCOUNTS, ACCOUNTS, st.booleans())
def test_what_is_left_out_is_a_proven_no(own, other, edge, trust, bucket, key, account, owner, listed):
    def read(said):
        return said if isinstance(said, Unknown) else document(*said)

    build = Builder()
    role = build.role("app", *own, trust=read(trust), boundary=build.policy("edge", *edge) if edge else None)
    user = build.user("ann", *other, account=account)
    acl = {"acl": "public-read", "ownership": "ObjectWriter"} if listed else {}
    data = build.bucket("data", account=owner, policy=read(bucket), **acl)
    locked = build.add("aws_kms_key", "key", f"arn:aws:kms:eu-west-1:{owner}:key/k", owner, policy=read(key))
    identity = Identity(build.build())
    for who in (role, user, "anonymous", "stranger", "service:ec2.amazonaws.com", HOME, "federated:x", USER):
        for action in ACTIONS:
            kept = identity.candidates(who, action, [role, user, data, locked])
            for resource in (role, user, data, locked):
                if resource not in kept:
                    assert identity.can(who, action, resource).verdict.answer == "no"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (allow("s3:GetObject", "arn:aws:s3:::data/*"), ["data"]),
        (allow("s3:GetObject"), ["data", "logs"]),
        (allow("s3:PutObject"), []),
        (deny("s3:GetObject"), []),
    ],
)
def test_most_resources_are_left_out(statement, expected):
    build = Builder()
    role = build.role("app", statement)
    buckets = [build.bucket("data"), build.bucket("logs")]
    kept = Identity(build.build()).candidates(role, "s3:GetObject", buckets)
    assert [bucket.label for bucket in kept] == expected
