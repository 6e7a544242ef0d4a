"""Properties of whole decisions: more knowledge never contradicts, denies only take away, brute force agrees."""

from __future__ import annotations

import itertools
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.identity import Identity
from nephograph.engines.identity.condition import MAYBE, Context
from nephograph.engines.identity.layers import Layers, decide
from nephograph.engines.identity.request import Principal, Request
from nephograph.engines.identity.statement import Place, read_policy

from .estates import AWAY, HOME, Builder, allow, deny, document

ROLE = f"arn:aws:iam::{HOME}:role/app"
KEYS = {"aws:PrincipalOrgID": ["o-1", "o-2", None], "aws:MultiFactorAuthPresent": ["true", "false", None]}

CONDITIONS = st.one_of(
    st.just({}),
    st.builds(
        lambda operator, value: {operator: {"aws:PrincipalOrgID": value}},
        st.sampled_from(["StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists", "Null"]),
        st.sampled_from(["o-1", "o-*", "true", "false"]),
    ),
    st.builds(
        lambda operator, value: {operator: {"aws:MultiFactorAuthPresent": value}},
        st.sampled_from(["Bool", "BoolIfExists", "ForAllValues:StringEquals"]),
        st.sampled_from(["true", "false"]),
    ),
)
ACTIONS = st.sampled_from(["s3:GetObject", "s3:*", "*", "s3:Put*", "s3:⟨x⟩"])
RESOURCES = st.sampled_from(["*", "arn:aws:s3:::b/*", "arn:aws:s3:::⟨x⟩/*", "arn:aws:s3:::c/*", "arn:aws:s3:::b/a"])
PRINCIPALS = st.sampled_from(["*", {"AWS": HOME}, {"AWS": ROLE}, {"AWS": AWAY}, {"AWS": f"arn:aws:iam::{AWAY}:root"}])


@st.composite
def statements(draw, resource=False):
    said = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"]))}
    said[draw(st.sampled_from(["Action", "Action", "NotAction"]))] = draw(ACTIONS)
    said[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(RESOURCES)
    condition = draw(CONDITIONS)
    if condition:
        said["Condition"] = condition
    if resource:
        said["Principal"] = draw(PRINCIPALS)
    return said


@st.composite
def worlds(draw):
    """(identity, boundary or None, resource policy, account of the resource)"""
    identity = draw(st.lists(statements(), max_size=3))
    boundary = draw(st.none() | st.lists(statements(), min_size=1, max_size=2))
    own = draw(st.lists(statements(resource=True), max_size=3))
    return identity, boundary, own, draw(st.sampled_from([HOME, AWAY, "⟨x⟩"]))


def decided(world, keys, x=None, kind="ordinary") -> str:
    if x is not None:
        world = json.loads(json.dumps(world, ensure_ascii=False).replace("⟨x⟩", x))
    identity, boundary, own, account = world
    layers = Layers(
        (read_policy(document(*identity), Place("identity")),),
        read_policy(document(*boundary), Place("boundary")) if boundary is not None else None,
        (read_policy(document(*own), Place("resource")),),
        kind,
    )
    who = Principal("role", ROLE, "app", ROLE, HOME)
    return decide(layers, Request(who, "s3:GetObject", "arn:aws:s3:::b/a", account, Context(keys))).answer


KINDS = st.sampled_from(["ordinary", "key", "trust"])


@settings(deadline=None)
@given(worlds(), KINDS)
def test_knowing_the_context_never_contradicts(world, kind):
    answer = decided(world, {}, kind=kind)
    if answer == "depends":
        return
    for values in itertools.product(*KEYS.values()):
        known = {key: (value,) if value else None for key, value in zip(KEYS, values, strict=True)}
        assert decided(world, known, kind=kind) in (answer, "depends")


@settings(deadline=None)
@given(worlds(), KINDS, st.sampled_from(["GetObject", "b", "c", HOME, AWAY, "", "*"]))
def test_symbols_behave_as_any_text_would(world, kind, value):
    answer = decided(world, {}, kind=kind)
    if answer != "depends":
        assert decided(world, {}, value, kind) in (answer, "depends")


ORDER = {"no": 0, "depends": 1, "yes": 2}


@settings(deadline=None)
@given(worlds(), statements(), st.integers(0, 2))
def test_a_deny_only_takes_away_and_an_allow_only_gives(world, extra, where):
    identity, boundary, own, account = world
    before = decided(world, {})
    extra["Principal"] = "*"
    denied = extra | {"Effect": "Deny"}
    more = (
        ([*identity, denied], boundary, own, account) if where == 0 else (identity, boundary, [*own, denied], account)
    )
    assert ORDER[decided(more, {})] <= ORDER[before]
    allowed = extra | {"Effect": "Allow"}
    more = ([*identity, allowed], boundary, own, account) if where else (identity, boundary, [*own, allowed], account)
    assert ORDER[decided(more, {})] >= ORDER[before]


OBJECT_PATTERNS = st.text("ab*?", min_size=1, max_size=3)
PREFIXES = st.one_of(
    st.none(),
    st.builds(
        lambda o, v: (o, v),
        st.sampled_from(["StringLike", "StringNotLike", "StringEquals", "StringNotEquals"]),
        OBJECT_PATTERNS,
    ),
)
TEXTS = ["".join(letters) for size in range(1, 6) for letters in itertools.product("abz", repeat=size)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), OBJECT_PATTERNS), min_size=1, max_size=4))
def test_some_object_agrees_with_trying_them_all(rules):
    build = Builder()
    said = [(allow if allows else deny)("s3:GetObject", f"arn:aws:s3:::data/{rule}") for allows, rule in rules]
    role, bucket = build.role("app", *said), build.bucket("data")
    identity = Identity(build.build())
    answer = identity.can(role, "s3:GetObject", bucket).verdict.answer
    tried = any(identity.can(role, "s3:GetObject", f"{bucket.arn}/{key}").verdict.answer == "yes" for key in TEXTS)
    assert answer in ("depends", "yes" if tried else "no")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), PREFIXES), min_size=1, max_size=3))
def test_what_the_caller_chooses_agrees_with_trying_all(rules):
    build = Builder()
    said = []
    for allows, rule in rules:
        condition = {"Condition": {rule[0]: {"s3:prefix": rule[1]}}} if rule else {}
        said.append((allow if allows else deny)("s3:ListBucket", "arn:aws:s3:::data", **condition))
    role, bucket = build.role("app", *said), build.bucket("data")
    identity = Identity(build.build())
    answer = identity.can(role, "s3:ListBucket", bucket).verdict.answer
    known = [(text,) for text in TEXTS] + [(rule[1],) for _, rule in rules if rule] + [None, ("",)]
    tried = any(
        identity.can(role, "s3:ListBucket", bucket, {"s3:prefix": one}).verdict.answer == "yes" for one in known
    )
    assert answer in ("depends", "yes" if tried else "no")


def test_unknown_is_the_default():
    assert Context({}).get("aws:anything") == MAYBE
