"""What limits take of grants: small organizations by rule, and random ones held to the certificate."""

from __future__ import annotations

import random
from typing import Any

import pytest

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.limits.void import Void, Voids, voids
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.policyset import Account, Entity, PolicySet
from nephograph.engines.permissions.who import who

HOME, OTHER = "111111111111", "222222222222"
APP = f"arn:aws:iam::{HOME}:role/app"
FULL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
EUROPE = {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}


def allow(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


class World:
    """One role with its policies and limits."""

    def __init__(
        self,
        identity: list[dict[str, Any]],
        boundary: list[dict[str, Any]] | None = None,
        scp: tuple[list[dict[str, Any]] | None, ...] = (),
        rcp: tuple[list[dict[str, Any]], ...] = (),
        arn: str = APP,
    ) -> None:
        self.arn = arn
        self.set = made = PolicySet(keeps=True)

        def policy(statements: list[dict[str, Any]] | None, use: Any, name: str) -> int:
            if statements is None:
                return made.unknown_policy(f"{name} is not in the data", name)
            return made.policy({"Version": "2012-10-17", "Statement": statements}, use, name)

        held = (policy(identity, "identity", "own"),)
        bound = (policy(boundary, "boundary", "bound"),) if boundary is not None else ()
        scps = tuple((policy(one, "scp", f"scp{n}"),) for n, one in enumerate(scp))
        rcps = tuple((policy(one, "rcp", f"rcp{n}"),) for n, one in enumerate(rcp))
        made.account(Account(HOME, scps, rcps, "o-1"))
        made.entity(Entity(arn, held, bound))

    def found(self) -> Voids:
        one = who(self.arn)
        assert one is not None
        told = voids(Engine(self.set), one)
        for row in told.found:
            if not row.depends_on:
                assert replays(row), row.request
        return told

    def rows(self) -> list[tuple[str, str, int | None, bool]]:
        """(action, layer and level, denying statement, whole) of every void action."""
        return sorted(
            (action.spelled, f"{one.blocker.limit.layer}{one.blocker.limit.level}", one.blocker.statement, one.whole)
            for one in self.found().found
            for action in one.actions
        )


def replays(row: Void) -> bool:
    """Allowed without the limits and not with them, says the certificate."""
    assert row.granted is not None
    assert row.limited is not None
    request = Request(**row.request)
    return decide(request, Policies(**row.granted)).allowed and not decide(request, Policies(**row.limited)).allowed


SEND = "sqs:SendMessage"
READS = ["s3:GetObject", "sqs:SendMessage"]


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        # A statement of a service control policy that denies is named, at its level.
        (World([allow(READS)], scp=([FULL], [FULL, deny("sqs:*")])), [(SEND, "scp1", 1, True)]),
        # A level that does not allow: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
        (World([allow(READS)], scp=([allow("s3:*")], [FULL])), [(SEND, "scp0", None, True)]),
        # A boundary that does not allow, and one that denies.
        (World([allow(READS)], boundary=[allow("s3:*")]), [(SEND, "boundary0", None, True)]),
        (World([allow(READS)], boundary=[FULL, deny(SEND)]), [(SEND, "boundary0", 1, True)]),
        # Several limits are each named; together they leave nothing.
        (
            World([allow(SEND)], boundary=[allow("s3:*")], scp=([FULL, deny("sqs:*")],)),
            [(SEND, "boundary0", None, True), (SEND, "scp0", 1, True)],
        ),
        # Each takes a part, and nothing is left of the two.
        (
            World(
                [allow(SEND)],
                boundary=[FULL, deny(SEND, "arn:aws:sqs:*:*:a*")],
                scp=([FULL, {"Effect": "Deny", "Action": SEND, "NotResource": "arn:aws:sqs:*:*:a*"}],),
            ),
            [(SEND, "boundary0", 1, True), (SEND, "scp0", 1, True)],
        ),
        # A part of the resources, or of the requests, is a part.
        (World([allow(SEND)], scp=([FULL, deny(SEND, "arn:aws:sqs:*:*:a*")],)), [(SEND, "scp0", 1, False)]),
        (World([allow(SEND)], scp=([FULL, deny("*", Condition=EUROPE)],)), [(SEND, "scp0", 1, False)]),
        # What a condition of the grant leaves out, no limit has to.
        (
            World(
                [allow(SEND, Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})],
                scp=([FULL, deny("*", Condition=EUROPE)],),
            ),
            [],
        ),
        # Resources of other accounts are granted, too: a boundary for those at home leaves a part of nothing.
        (
            World([allow(SEND)], boundary=[allow(SEND, f"arn:aws:sqs:*:{HOME}:*")]),
            [(SEND, "boundary0", None, False)],
        ),
        # What the principal's own statements deny is no grant.
        (World([allow(READS), deny(SEND)], scp=([FULL, deny("sqs:*")],)), []),
        # A deny of resources that the action does not act on takes nothing.
        (World([allow(SEND)], scp=([FULL, deny("*", "arn:aws:s3:::*")],)), []),
        # Only actions that there are.
        (World([allow("sqs:SendMesage")], scp=([FULL, deny("sqs:*")],)), []),
        # Whoever asks who it is needs no permission:
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
        (World([allow("sts:GetCallerIdentity")], scp=([FULL, deny("sts:*")],)), []),
        # The management account's principals have no levels above them.
        (World([allow(SEND)]), []),
    ],
)
def test_what_a_limit_takes(world: World, expected: list[tuple[str, str, int | None, bool]]) -> None:
    assert world.rows() == expected


EVERYBODY = {"Principal": "*"}


@pytest.mark.parametrize(
    ("action", "denied", "expected"),
    [
        ("sqs:SendMessage", deny("sqs:*", **EVERYBODY), [(SEND, "rcp0", 1, True)]),
        # Services that resource control policies do not bear on, and keys' RetireGrant:
        # https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
        ("ec2:RunInstances", deny("*", **EVERYBODY), []),
        ("kms:RetireGrant", deny("kms:*", **EVERYBODY), []),
        ("kms:Decrypt", deny("kms:*", **EVERYBODY), [("kms:Decrypt", "rcp0", 1, True)]),
        # The perimeter that AWS shows keeps strangers out, and nobody of the organization.
        (
            "sqs:SendMessage",
            deny("*", Condition={"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}, **EVERYBODY),
            [],
        ),
        (
            "sqs:SendMessage",
            deny("*", Condition={"BoolIfExists": {"aws:SecureTransport": "false"}}, **EVERYBODY),
            [(SEND, "rcp0", 1, False)],
        ),
    ],
)
def test_resource_control_policies_take_at_home(
    action: str, denied: dict[str, Any], expected: list[tuple[str, str, int | None, bool]]
) -> None:
    assert World([allow(action)], rcp=([{**FULL, **EVERYBODY}, denied],)).rows() == expected


def test_roles_linked_to_services_are_exempt() -> None:
    linked = f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
    levels = ([FULL, deny("*")],)
    assert World([allow(SEND)], scp=levels, arn=linked).rows() == []
    assert World([allow(SEND)], scp=levels).rows() != []


def test_the_void_part_is_told() -> None:
    (row,) = World([allow(SEND)], scp=([FULL, deny("*", "arn:aws:sqs:*:*:a*", Condition=EUROPE)],)).found().found
    (part,) = row.parts
    assert (part.resources, part.but_not) == (("arn:aws:sqs:*:*:a*",), ())
    assert part.conditions == ("not: aws:RequestedRegion = eu-west-1",)
    assert not row.more_parts
    assert row.request["resource"].split(":")[5].startswith("a")


def test_a_condition_that_facts_decide_is_no_condition() -> None:
    away = {"StringEquals": {"aws:PrincipalAccount": OTHER}}
    home = {"StringEquals": {"aws:PrincipalAccount": HOME}}
    assert World([allow(SEND)], scp=([FULL, deny("*", Condition=away)],)).rows() == []
    assert World([allow(SEND)], scp=([FULL, deny("*", Condition=home)],)).rows() == [(SEND, "scp0", 1, True)]


def test_what_is_not_known_is_open_and_not_told_for_certain() -> None:
    found = World([allow(SEND)], boundary=[allow("s3:*")], scp=(None,)).found().found
    certain = [one for one in found if not one.depends_on]
    assert [one.blocker.limit.layer for one in certain] == ["boundary"]
    assert {one.blocker.limit.layer for one in found if one.depends_on} == {"scp"}
    assert all("scp0 is not in the data" in text for one in found for text in one.depends_on)


def test_grants_that_are_not_known_are_named() -> None:
    world = World([allow(SEND)], scp=([FULL, deny("sqs:*")],))
    unknown = world.set.unknown_policy("a policy is not in the data")
    world.set.entity(Entity(APP, (*world.set.entities[APP].policies, unknown)))
    told = world.found()
    assert told.gaps == [f"{APP}: a policy is not in the data"]
    assert told.grants == 1


SERVICES = ["sqs:SendMessage", "s3:GetObject", "s3:*", "sqs:*", "kms:Decrypt", "ec2:RunInstances", "sts:AssumeRole"]
PLACES = ["*", f"arn:aws:sqs:*:{HOME}:*", "arn:aws:sqs:*:*:a*", "arn:aws:s3:::b*", "arn:aws:s3:::b/*", "arn:aws:iam::*"]
CONDITIONS: list[dict[str, Any]] = [
    {},
    {},
    {"Condition": EUROPE},
    {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
    {"Condition": {"StringLike": {"aws:PrincipalArn": "arn:*:role/a*"}}},
]
ASKED = [
    ("sqs:SendMessage", [f"arn:aws:sqs:eu-west-1:{HOME}:a1", f"arn:aws:sqs:eu-west-1:{OTHER}:q"]),
    ("s3:GetObject", ["arn:aws:s3:::b/x", "arn:aws:s3:::c/x"]),
    ("kms:Decrypt", [f"arn:aws:kms:eu-west-1:{HOME}:key/k"]),
    ("ec2:RunInstances", [f"arn:aws:ec2:eu-west-1:{HOME}:instance/i"]),
    ("sts:AssumeRole", [f"arn:aws:iam::{HOME}:role/r", f"arn:aws:iam::{OTHER}:role/r"]),
]
REQUESTED = [{}, {"aws:requestedregion": "eu-west-1"}, {"aws:requestedregion": "x", "aws:securetransport": "true"}]


def _statements(choice: random.Random, use: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _ in range(choice.randint(1, 3)):
        make = deny if choice.random() < (0.25 if use == "identity" else 0.6) else allow
        actions = choice.sample(SERVICES, choice.randint(1, 2))
        more = {**choice.choice(CONDITIONS), **(EVERYBODY if use == "rcp" else {})}
        found.append(make(actions, choice.choice(PLACES), **more))
    return [{**FULL, **(EVERYBODY if use == "rcp" else {})}, *found] if choice.random() < 0.6 or use == "rcp" else found


@pytest.mark.parametrize("seed", range(60))
def test_random_limits_agree_with_the_certificate(seed: int) -> None:
    """Every row replays (`found` sees to it); whatever the limits stop has a row; of what is whole nothing is left."""
    choice = random.Random(seed)
    identity = [allow(choice.sample(SERVICES, 3), choice.choice(PLACES), **choice.choice(CONDITIONS)) for _ in "ab"]
    identity += [one for one in _statements(choice, "identity") if one["Effect"] == "Deny"]
    boundary = _statements(choice, "boundary") if choice.random() < 0.5 else None
    scp = tuple(_statements(choice, "scp") for _ in range(choice.randint(0, 2)))
    rcp = (_statements(choice, "rcp"),) if choice.random() < 0.4 else ()
    world = World(identity, boundary, scp, rcp)
    found = world.found().found
    documents = world.set.documents
    assert documents is not None
    told = {(one.statement, action.spelled) for one in found for action in one.actions}
    denies = [one for one in identity if one["Effect"] == "Deny"]
    limits: dict[str, Any] = {
        "boundary": [documents[number] for number in world.set.entities[APP].boundary],
        "scp": [[documents[n] for n in level] for level in world.set.accounts[HOME].scp],
    }
    at_home = [[documents[n] for n in level] for level in world.set.accounts[HOME].rcp]
    open_ = {"Effect": "Allow", "Principal": {"AWS": HOME}, "Action": "*", "Resource": "*"}
    facts = {"aws:principalarn": APP, "aws:principalaccount": HOME, "aws:principalorgid": "o-1"}
    for action, resources in ASKED:
        for resource in resources:
            for context in REQUESTED:
                home = f":{OTHER}:" not in resource
                request = Request(APP, action, resource, HOME if home else OTHER, {**facts, **context})
                for index, statement in enumerate(identity):
                    granted: dict[str, Any] = {
                        "identity": [{"Version": "2012-10-17", "Statement": [statement, *denies]}],
                        "resource": {"Version": "2012-10-17", "Statement": open_},
                    }
                    if not decide(request, Policies(**granted)).allowed:
                        continue
                    rcps = at_home if home else []
                    left = decide(request, Policies(**granted, **limits, rcp=rcps)).allowed
                    if not left:
                        assert (index, action) in told, (statement, request)
                    for one in found:
                        if one.whole and one.statement == index and action in {a.spelled for a in one.actions}:
                            assert not left or (not home and one.blocker.limit.layer == "rcp"), (one, request)
