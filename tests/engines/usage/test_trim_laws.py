"""Laws of trimming, over random policies and uses of a small world, judged by the certificate alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity.request import Principal
from nephograph.engines.identity.statement import Place, read_policy
from nephograph.engines.usage import known
from nephograph.engines.usage.present import Present
from nephograph.engines.usage.replay import Evaluator
from nephograph.engines.usage.trim import Options, trim
from nephograph.engines.usage.used import Record, Used
from nephograph.model.events import Circumstance

ARN = "arn:aws:iam::111122223333:role/app"
ACTIONS = ("s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:DeleteObject")
RESOURCES = tuple(f"arn:aws:s3:::{bucket}/{key}" for bucket in "ab" for key in ("x/1", "x/2", "y/1", "1"))
WHERE = tuple(
    Circumstance(region=region, mfa=mfa) for region in ("eu-west-1", "us-east-1") for mfa in ("true", "false")
)
REQUESTS = tuple(itertools.product(ACTIONS, RESOURCES, WHERE))


@pytest.fixture(scope="module", autouse=True)
def _small_world() -> Iterator[None]:
    """S3 is all there is: what NotAction grants is then small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "prefixes", lambda: ("s3",))
        yield


PATTERNS = ("*", "arn:aws:s3:::a/*", "arn:aws:s3:::b/x/*", "arn:aws:s3:::?/x/1", "arn:aws:s3:::a/y/1", "arn:*:s3:::*/1")
CONDITIONS: tuple[dict[str, Any], ...] = (
    {},
    {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1"]}, "Bool": {"aws:MultiFactorAuthPresent": "true"}},
)


@st.composite
def statement(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {"Effect": draw(st.sampled_from(("Allow", "Allow", "Allow", "Deny")))}
    action = draw(st.sampled_from(("Action", "Action", "NotAction")))
    said[action] = draw(st.lists(st.sampled_from((*ACTIONS, "s3:Get*", "*")), min_size=1, max_size=2))
    resource = draw(st.sampled_from(("Resource", "Resource", "NotResource")))
    said[resource] = draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2))
    condition = draw(st.sampled_from(CONDITIONS))
    return {**said, "Condition": condition} if condition else said


OPTIONS = st.builds(Options, exact=st.booleans(), keep_unlogged=st.booleans())


@settings(max_examples=200)
@given(
    st.lists(statement(), min_size=1, max_size=4),
    st.sets(st.integers(0, len(REQUESTS) - 1), max_size=6),
    OPTIONS,
)
def test_a_trimmed_policy_lies_between_what_was_used_and_what_is_granted(
    statements: list[dict[str, Any]], picked: set[int], options: Options
) -> None:
    today = {"Version": "2012-10-17", "Statement": statements}
    before = Evaluator(ARN, [today])
    used = tuple(
        Used(action, resource, (where,), 1, 0, 0)
        for action, resource, where in (REQUESTS[number] for number in sorted(picked))
        if before.says(action, resource, where) == "allows"
    )
    principal = Principal("role", "role app", "app", ARN, "111122223333")
    present = Present([read_policy(today, Place("policy"))], principal, at_hand=True)
    found = trim(Record((), used, (), len(used), 0), present, ARN, frozenset({"s3"}), options)
    after = Evaluator(ARN, found.policies)
    for one in used:
        assert after.says(one.action, one.resource, one.circumstances[0]) == "allows"
    names = {one.action for one in used}
    for action, resource, where in REQUESTS:
        if after.says(action, resource, where) == "allows":
            assert before.says(action, resource, where) == "allows"
            assert action in names
    assert (found.proof.not_allowed, found.proof.still_allowed) == ((), ())
    assert found.proof.allowed == found.proof.calls == len(used)
    assert found.proof.refused == found.proof.unused == len(found.removed)


@settings(max_examples=30)
@given(st.sets(st.integers(0, len(REQUESTS) - 1), min_size=1, max_size=12))
def test_exact_names_allow_the_used_resources_alone(picked: set[int]) -> None:
    today = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    used = tuple(Used(action, resource, (where,), 1, 0, 0) for action, resource, where in (REQUESTS[n] for n in picked))
    principal = Principal("role", "role app", "app", ARN, "111122223333")
    present = Present([read_policy(today, Place("policy"))], principal, at_hand=True)
    found = trim(Record((), used, (), len(used), 0), present, ARN, frozenset({"s3"}), Options(exact=True))
    after = Evaluator(ARN, found.policies)
    wanted = {(one.action, one.resource) for one in used}
    assert wanted == {(a, r) for a, r, where in REQUESTS if after.says(a, r, where) == "allows"}


def test_the_proof_sees_what_a_policy_lacks_and_what_it_grants_too_much() -> None:
    """The proof can fail: it is put to a policy that nobody trimmed."""
    from nephograph.engines.usage.replay import prove

    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
    used = (
        Used("s3:PutObject", RESOURCES[0], WHERE[:1], 1, 0, 0),
        Used("s3:GetObject", RESOURCES[0], WHERE[:1], 1, 0, 0),
    )
    proof = prove(ARN, [policy], used, ["s3:GetObjectAcl", "s3:DeleteObject"])
    assert proof.not_allowed == (f"s3:PutObject on {RESOURCES[0]}",)
    assert proof.still_allowed == ("s3:GetObjectAcl",)
    assert (proof.calls, proof.allowed, proof.unused, proof.refused) == (2, 1, 2, 1)
