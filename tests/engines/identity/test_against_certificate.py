"""The engine's closed answers are those of the certificate: equal small worlds, decided by code that shares nothing."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.decision import Decision
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.identity import Identity
from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.statement import Place, read_policy

from .estates import AWAY, HOME, Builder, document

ROLE, USER = f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:user/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/me"
MANAGER = "333333333333"
KEYS = ("aws:PrincipalOrgID", "aws:MultiFactorAuthPresent", "aws:SourceVpc", "s3:prefix")
ACTION, OBJECT = "s3:GetObject", "arn:aws:s3:::b/a/x"

OPERATORS = {
    "aws:PrincipalOrgID": (
        ["StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists", "ForAnyValue:StringEquals"],
        ["o-1", "o-*", "o-2"],
    ),
    "aws:MultiFactorAuthPresent": (["Bool", "BoolIfExists", "Null"], ["true", "false"]),
    "aws:SourceVpc": (["StringEquals", "StringNotLike", "ForAllValues:StringLike", "Null"], ["vpc-1", "vpc-?", "true"]),
    "s3:prefix": (
        ["StringLike", "StringNotLikeIfExists", "StringEqualsIgnoreCase"],
        ["a/*", "${aws:PrincipalOrgID}", "A"],
    ),
}
VALUES = {
    "aws:PrincipalOrgID": ["o-1", "o-2"],
    "aws:MultiFactorAuthPresent": ["true", "false"],
    "aws:SourceVpc": ["vpc-1", "vpc-22"],
    "s3:prefix": ["a/b", "a", "o-1"],
}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    """Nothing mostly, else one or two tests."""
    said: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=2, unique=True)):
        operators, values = OPERATORS[key]
        operator = draw(st.sampled_from(operators))
        wanted = ["true", "false"] if operator == "Null" else values
        said.setdefault(operator, {})[key] = draw(
            st.lists(st.sampled_from(wanted), min_size=1, max_size=2, unique=True)
        )
    return said


ACTIONS = st.sampled_from(["s3:GetObject", "s3:*", "*", "S3:get*", "s3:Put*", "s3:GetObjec?", "ec2:*"])
RESOURCES = st.sampled_from(
    [
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/a/?",
        "arn:aws:s3:::b/b*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::b/${aws:PrincipalOrgID}/*",
    ]
)
PRINCIPALS = st.sampled_from(
    [
        "*",
        {"AWS": "*"},
        {"AWS": HOME},
        {"AWS": f"arn:aws:iam::{HOME}:root"},
        {"AWS": ROLE},
        {"AWS": USER},
        {"AWS": SESSION},
        {"AWS": AWAY},
        {"Service": "ec2.amazonaws.com"},
    ]
)


@st.composite
def statements(draw: st.DrawFn, principal: bool = False) -> dict[str, Any]:
    said: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"]))}
    said[draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))] = draw(ACTIONS)
    said[draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]))] = draw(RESOURCES)
    condition = draw(st.one_of(st.just({}), conditions()))
    if condition:
        said["Condition"] = condition
    if principal:
        said["Principal"] = draw(PRINCIPALS)
    return said


def policies(principal: bool = False, most: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    return st.lists(statements(principal), min_size=1, max_size=most).map(lambda said: document(*said))


FULL = document({"Effect": "Allow", "Action": "*", "Resource": "*"})


def no_principal_allow(policy: dict[str, Any]) -> dict[str, Any]:
    """A resource control policy as AWS takes it: it denies, to everybody."""
    return document(*({**said, "Effect": "Deny", "Principal": "*"} for said in policy["Statement"]))


LEVEL = st.just(FULL) | policies(most=2)

WORLDS = st.fixed_dictionaries(
    {
        "who": st.sampled_from([ROLE, USER, SESSION, SESSION]),
        "home": st.sampled_from([HOME, HOME, AWAY]),
        "identity": policies(),
        "boundary": st.none() | policies(),
        "session": st.none() | policies(),
        "resource": st.none() | policies(True),
        # With no policy at all on any level the type is off: AWS keeps at least one on each.
        "scp": st.none() | st.tuples(st.lists(LEVEL, min_size=1, max_size=2), *[st.lists(LEVEL, max_size=2)] * 2),
        "rcp": st.lists(st.lists(policies(most=1).map(no_principal_allow), max_size=1), min_size=3, max_size=3)
        | st.none(),
        "endpoint": st.none() | policies(True),
        "context": st.fixed_dictionaries({key: st.none() | st.sampled_from(VALUES[key]) for key in KEYS}),
    }
)


def engine(world: dict[str, Any]) -> tuple[str, str]:
    """The world as an estate, asked of the engine."""
    build = Builder()
    boundary = build.policy("edge", *world["boundary"]["Statement"]) if world["boundary"] else None
    make = build.user if world["who"] == USER else build.role
    holder = make("app", *world["identity"]["Statement"], boundary=boundary)
    bucket = build.bucket("b", *(world["resource"] or {"Statement": []})["Statement"], account=world["home"])
    given: dict[str, Known] = {key: (said,) if said is not None else None for key, said in world["context"].items()}
    if world["endpoint"]:
        build.add("aws_vpc_endpoint", "e", "", id="vpce-1", endpoint_policy=world["endpoint"])
        given["aws:SourceVpce"] = ("vpce-1",)
    for member, field, said in (
        (HOME, "service_control_policies", world["scp"]),
        (world["home"], "resource_control_policies", world["rcp"]),
    ):
        if said is not None:
            organization(build, member, field, said)
    session = (
        read_policy(world["session"], Place("session policy")) if world["session"] and world["who"] != USER else None
    )
    who = world["who"] if world["who"] == SESSION else holder
    found = Identity(build.build()).explain(who, ACTION, f"{bucket.arn}/a/x", given, session).analysis
    assert found is not None
    return found.effect, found.blocked_by


def organization(build: Builder, member: str, field: str, levels: list[list[Any]]) -> None:
    """A root, a unit and an account with the policies of one type; both types share the things where they are one."""
    type_ = "SERVICE_CONTROL_POLICY" if field.startswith("service") else "RESOURCE_CONTROL_POLICY"
    there = {resource.urn: resource for resource in build.resources}
    things = []
    for kind, name, more in (
        ("aws_organizations_organization", "root", {"management_account": MANAGER}),
        ("aws_organizations_organizational_unit", f"unit{member}", {"id": f"ou-{member}"}),
        ("aws_organizations_account", f"account{member}", {"id": member}),
    ):
        thing = there.get(f"{kind}:{name}") or build.add(kind, name, "", MANAGER, **more)
        things.append(thing)
    for upper, lower in itertools.pairwise(things):
        if not any((e.source, e.target) == (upper.urn, lower.urn) for e in build.edges):
            build.link("contains", upper, lower)
    for thing, said in zip(things, levels, strict=True):
        ids = [f"p-{type_}-{thing.label}-{number}" for number in range(len(said))]
        thing.config[field] = ids
        for position, (id_, policy) in enumerate(zip(ids, said, strict=True)):
            of = build.add("aws_organizations_policy", id_, "", MANAGER, id=id_, type=type_, document=policy)
            build.link("has_policy", thing, of, field, position)


def certificate(world: dict[str, Any]) -> Decision:
    """The same world as a closed case."""
    context = {key: said for key, said in world["context"].items() if said is not None}
    if world["endpoint"]:
        context["aws:SourceVpce"] = "vpce-1"
    request = Request(world["who"], ACTION, OBJECT, world["home"], context)
    limited = world["session"] and world["who"] != USER
    return decide(
        request,
        Policies(
            identity=[world["identity"]],
            resource=world["resource"],
            boundary=[world["boundary"]] if world["boundary"] else [],
            session=[world["session"]] if limited else [],
            scp=world["scp"] or [],
            rcp=world["rcp"] or [],
            endpoint=[world["endpoint"]] if world["endpoint"] else [],
        ),
    )


@settings(max_examples=150, deadline=None)
@given(WORLDS)
def test_closed_answers_are_those_of_the_certificate(world: dict[str, Any]) -> None:
    ours = engine(world)
    if ours[0] != "depends":
        theirs = certificate(world)
        assert ours[0] == theirs.effect
        # Of several layers that block, each of the two names one.
        assert ours[1] in (theirs.blocking or ("",))


@settings(max_examples=100, deadline=None)
@given(WORLDS)
def test_what_the_certificate_closes_is_closed(world: dict[str, Any]) -> None:
    # A role as such may have the session that a policy names: the certificate takes it for one without a name.
    if world["who"] != ROLE:
        assert engine(world)[0] == certificate(world).effect
