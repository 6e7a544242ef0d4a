"""Laws of the algebra, held on generated policies; patterns and conditions beside their plain definitions."""

from __future__ import annotations

import copy
import random
import re
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nephograph.engines.certificate import formula as f
from nephograph.engines.certificate import glob
from nephograph.identity import Decision, Policies, Request, decide
from tests.engines.certificate.asking import (
    ACCOUNT,
    FEDERATED,
    OTHER,
    ROLE,
    ROOT,
    SESSION,
    USER,
    allow,
    policy,
    statement,
)

ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:ListBucket")
OBJECTS = ("arn:aws:s3:::data/x", "arn:aws:s3:::data/y", "arn:aws:s3:::log/x")
KEYS = ("aws:a", "aws:b")
VALUES: tuple[Any, ...] = ("1", "2", ["1"], ["1", "2"], [])

FULL = allow()
# Few names of everything, so that statements meet; some that just miss.
CONDITIONS = st.dictionaries(
    st.sampled_from(
        (
            "StringEquals",
            "StringNotEquals",
            "StringLike",
            "StringEqualsIfExists",
            "StringNotEqualsIfExists",
            "ForAllValues:StringEquals",
            "ForAnyValue:StringLike",
            "ForAnyValue:StringNotEquals",
            "NumericLessThan",
        )
    ),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(("1", ["1", "2"], "?", "${aws:b}")), min_size=1, max_size=2),
    max_size=2,
)
NULLS = st.sampled_from(({}, {}, {"Null": {"aws:a": "true"}}, {"Null": {"aws:b": "false"}}))
WHO = st.sampled_from((USER, ROLE, SESSION, FEDERATED, ROOT, "lambda.amazonaws.com", "anonymous"))
NAMED = st.sampled_from(
    ("*", {"AWS": "*"}, {"AWS": ACCOUNT}, {"AWS": ROLE}, {"AWS": [SESSION, USER]}, {"AWS": OTHER},
     {"Service": "lambda.amazonaws.com"}, {"CanonicalUser": "ab" * 32})
)  # fmt: skip


@st.composite
def statements(
    draw: st.DrawFn, named: bool = False, effects: tuple[str, ...] = ("Allow", "Allow", "Deny")
) -> dict[str, Any]:
    action = draw(st.sampled_from(("*", "s3:*", "s3:Get*", ["s3:GetObject", "s3:PutObject"], "s3:ListBucket")))
    resource = draw(
        st.sampled_from(
            ("*", "arn:aws:s3:::data/*", list(OBJECTS[:2]), "arn:aws:s3:::data/${aws:b}", "arn:aws:s3:::*/x")
        )
    )
    found: dict[str, Any] = {
        "Effect": draw(st.sampled_from(effects)),
        draw(st.sampled_from(("Action", "Action", "NotAction"))): action,
        draw(st.sampled_from(("Resource", "Resource", "NotResource"))): resource,
    }
    if named:
        found[draw(st.sampled_from(("Principal", "Principal", "Principal", "NotPrincipal")))] = draw(NAMED)
    condition = draw(CONDITIONS) | draw(NULLS) if draw(st.booleans()) else {}
    return found | ({"Condition": condition} if condition else {})


def documents(named: bool = False, **more: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda found: policy(*found), st.lists(statements(named=named, **more), min_size=1, max_size=3))


def lists(**more: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(documents(**more), max_size=2)


def everybodys(document: dict[str, Any]) -> dict[str, Any]:
    """AWS takes no other principal in RCPs, and in the policies of gateway endpoints."""
    return {**document, "Statement": [{**one, "Principal": "*"} for one in document["Statement"]]}


LEVELS = st.lists(
    st.lists(documents(), max_size=2).map(lambda found: [FULL, *found] if len(found) != 1 else found), max_size=2
)
POLICIES = st.builds(
    lambda **layers: Policies(**layers),
    identity=st.lists(documents(), min_size=1, max_size=2),
    resource=st.none() | documents(named=True),
    boundary=lists() | st.just([]),
    session=lists() | st.just([]),
    scp=LEVELS,
    rcp=st.lists(st.lists(documents(effects=("Deny",)).map(everybodys), max_size=1), max_size=2),
    endpoint=st.just([]) | st.lists(documents().map(everybodys), max_size=1),
)
REQUESTS = st.builds(
    Request,
    WHO,
    st.sampled_from(ACTIONS),
    st.sampled_from(OBJECTS),
    st.sampled_from((ACCOUNT, ACCOUNT, OTHER)),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES)),
)
HIDDEN = st.lists(st.sampled_from(KEYS), unique=True).map(tuple)


def grants(decision: Decision) -> bool:
    return decision.effect in ("allowed", "depends")


def put(policies: Policies, layer: str, document: dict[str, Any]) -> Policies:
    """The policies with one more document in a layer (in the last level of an organization, in the resource's)."""
    had = getattr(policies, layer)
    if layer == "resource":
        had = had or policy()
        return msgspec.structs.replace(
            policies, resource={**had, "Statement": had["Statement"] + document["Statement"]}
        )
    if layer in ("scp", "rcp"):
        last = [*had[-1], document] if had else [document]
        return msgspec.structs.replace(policies, **{layer: [*had[:-1], last]})
    return msgspec.structs.replace(policies, **{layer: [*had, document]})


@given(
    REQUESTS,
    POLICIES,
    statements(named=True, effects=("Deny",)),
    st.sampled_from(("identity", "resource", "scp", "rcp")),
)
def test_one_more_deny_never_allows(request: Request, policies: Policies, more: dict[str, Any], layer: str) -> None:
    if layer in ("identity", "scp"):
        more = {key: value for key, value in more.items() if key not in ("Principal", "NotPrincipal")}
    if layer == "scp" and not policies.scp:
        policies = msgspec.structs.replace(policies, scp=[[FULL]])
    before, after = decide(request, policies), decide(request, put(policies, layer, policy(more)))
    assert before.effect == "allowed" or after.effect != "allowed"
    assert before.effect != "implicitly_denied" or not grants(after)


@given(REQUESTS, POLICIES, statements(named=True, effects=("Allow",)), st.sampled_from(("identity", "resource")))
def test_one_more_allow_never_denies(request: Request, policies: Policies, more: dict[str, Any], layer: str) -> None:
    if layer == "identity":
        more = {key: value for key, value in more.items() if key not in ("Principal", "NotPrincipal")}
    before, after = decide(request, policies), decide(request, put(policies, layer, policy(more)))
    assert before.effect != "allowed" or after.effect == "allowed"
    assert (before.effect == "explicitly_denied") == (after.effect == "explicitly_denied") or grants(before)


@given(REQUESTS, POLICIES, HIDDEN, st.randoms(use_true_random=False))
def test_order_plays_no_part(request: Request, policies: Policies, hidden: tuple[str, ...], rng: random.Random) -> None:
    request = msgspec.structs.replace(request, unknown=hidden)

    def shuffled(documents_: Any) -> list[Any]:
        found = copy.deepcopy(list(documents_))
        rng.shuffle(found)
        for one in found:
            rng.shuffle(one["Statement"])
        return found

    other = Policies(
        identity=shuffled(policies.identity),
        resource=shuffled([policies.resource])[0] if policies.resource else None,
        boundary=shuffled(policies.boundary),
        session=shuffled(policies.session),
        scp=[shuffled(level) for level in policies.scp],
        rcp=[shuffled(level) for level in policies.rcp],
        endpoint=shuffled(policies.endpoint),
    )
    one, two = decide(request, policies), decide(request, other)
    assert (one.effect, one.blocking, one.condition) == (two.effect, two.blocking, two.condition)


@given(REQUESTS, POLICIES)
def test_a_list_is_as_good_as_its_items(request: Request, policies: Policies) -> None:
    def split(document: dict[str, Any]) -> dict[str, Any]:
        out: list[dict[str, Any]] = []
        for one in document["Statement"]:
            said = one.get("Action")
            out += [one | {"Action": each} for each in said] if isinstance(said, list) else [one]
        return {**document, "Statement": out}

    other = msgspec.structs.replace(policies, identity=[split(one) for one in policies.identity])
    assert decide(request, policies).effect == decide(request, other).effect


@given(REQUESTS, POLICIES)
def test_a_document_is_as_good_as_its_statements(request: Request, policies: Policies) -> None:
    apart = [policy(one) for document in policies.identity for one in document["Statement"]]
    assert decide(request, policies).effect == decide(request, msgspec.structs.replace(policies, identity=apart)).effect


@given(REQUESTS, st.sampled_from(("s3:Get*", "s3:GetObject", "*", ["s3:Put*", "s3:List*"])))
def test_not_action_is_the_rest(request: Request, action: Any) -> None:
    request = msgspec.structs.replace(request, principal=USER, resource_account=ACCOUNT)
    within = decide(request, Policies(identity=[policy(statement(action=action))])).allowed
    rest = decide(request, Policies(identity=[policy(statement(action=None, NotAction=action))])).allowed
    assert within != rest


@given(REQUESTS, POLICIES, HIDDEN)
def test_what_allows_everything_limits_nothing(request: Request, policies: Policies, hidden: tuple[str, ...]) -> None:
    request = msgspec.structs.replace(request, unknown=hidden)
    effect = decide(request, policies).effect
    wider = msgspec.structs.replace(
        policies,
        scp=[[FULL], *policies.scp],
        rcp=[*policies.rcp, []],
        endpoint=policies.endpoint or [allow(Principal="*")],
    )
    assert decide(request, wider).effect == effect


@given(REQUESTS, POLICIES)
def test_a_boundary_of_the_identity_policies_themselves_is_neutral(request: Request, policies: Policies) -> None:
    # NotPrincipal with Deny hits whoever has a boundary, so no resource policy here.
    session = policies.identity if request.principal == FEDERATED else []
    alone = msgspec.structs.replace(policies, resource=None, boundary=[], session=session)
    bounded = msgspec.structs.replace(alone, boundary=alone.identity, session=alone.identity)
    assert decide(request, alone).effect == decide(request, bounded).effect


@given(REQUESTS, POLICIES, HIDDEN, st.sampled_from([*VALUES, None]), st.sampled_from([*VALUES, None]))
def test_knowing_more_only_refines(
    request: Request, policies: Policies, hidden: tuple[str, ...], first: Any, second: Any
) -> None:
    """Whatever value a hidden key has, a decided answer stays: allowed stays allowed, denied stays denied."""
    asked = msgspec.structs.replace(request, unknown=hidden)
    open_ = decide(asked, policies)
    values = dict(zip(KEYS, (first, second), strict=True))
    context = {**request.context, **{key: values[key] for key in hidden}}
    known = decide(msgspec.structs.replace(request, context=context), policies)
    if open_.effect == "allowed":
        assert known.effect == "allowed"
    elif open_.effect != "depends":
        assert not grants(known)
    if open_.effect == "explicitly_denied":
        assert known.effect == "explicitly_denied"


def test_the_cases_of_these_laws_meet_every_effect() -> None:
    """A law held only on denials says little: all four effects have to come up, and often enough."""
    seen: dict[str, int] = {}

    @settings(max_examples=500)
    @given(REQUESTS, POLICIES, HIDDEN)
    def walk(request: Request, policies: Policies, hidden: tuple[str, ...]) -> None:
        effect = decide(msgspec.structs.replace(request, unknown=hidden), policies).effect
        seen[effect] = seen.get(effect, 0) + 1

    walk()
    assert set(seen) == {"allowed", "implicitly_denied", "explicitly_denied", "depends"}, seen


# -- patterns and formulas ---------------------------------------------------------------------------------------------


def by_definition(pattern: str, text: str) -> bool:
    out = "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    return re.fullmatch(out, text, re.DOTALL) is not None


@settings(max_examples=1_000)
@given(st.text("ab*?", max_size=8), st.text("ab*", max_size=8))
@example("a*a", "a")
@example("*a*a*", "a")
@example("*?*?*", "a")
@example("a?*?b", "ab")
def test_patterns_match_as_brute_force_does(pattern: str, text: str) -> None:
    assert glob.matches(pattern, text) == by_definition(pattern, text)
    assert glob.Glob([text] if text else []).matches(text)


@given(st.lists(st.sampled_from(("a", "b", "?")), min_size=1, max_size=6), st.text("ab", min_size=1, max_size=12))
def test_a_long_piece_is_found_where_a_short_one_is(chars: list[str], text: str) -> None:
    piece = glob.Piece(glob.tokens("".join(chars)))
    if "?" in chars:
        assert piece._find_long(text, 0, len(text)) == piece.find(text, 0, len(text))


ATOMS = [f.Atom(name, name) for name in "abcd"]
FORMULAS = st.recursive(
    st.sampled_from([True, False, *ATOMS]),
    lambda inner: (
        inner.map(f.negation)
        | st.lists(inner, max_size=3).map(f.conjunction)
        | st.lists(inner, max_size=3).map(f.disjunction)
    ),
    max_leaves=8,
)


@given(FORMULAS, FORMULAS, st.tuples(*[st.booleans()] * 4))
def test_formulas_mean_what_they_say(one: Any, two: Any, truths: tuple[bool, ...]) -> None:
    world = dict(zip(ATOMS, truths, strict=True))
    value = lambda formula: f.evaluate(formula, world)  # noqa: E731
    assert value(f.conjunction([one, two])) == (value(one) and value(two))
    assert value(f.disjunction([one, two])) == (value(one) or value(two))
    assert value(f.negation(one)) != value(one)
    if isinstance(f.settled(one), bool):
        assert f.settled(one) == value(one)
    assert f.settled(f.disjunction([one, f.negation(one)])) is True


@pytest.mark.parametrize("operator", ["Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"])
@pytest.mark.parametrize("kind", ["Numeric", "Date"])
@given(one=st.integers(20_000, 20_050), other=st.integers(20_000, 20_050))
def test_orders_are_those_of_numbers(kind: str, operator: str, one: int, other: int) -> None:
    wanted = {"Equals": one == other, "LessThan": one < other, "LessThanEquals": one <= other}
    wanted |= {"GreaterThan": one > other, "GreaterThanEquals": one >= other}
    document = allow(Condition={kind + operator: {"aws:k": str(other)}})
    request = Request(USER, "s3:GetObject", "*", ACCOUNT, {"aws:k": one})
    assert decide(request, Policies(identity=[document])).allowed == wanted[operator]
