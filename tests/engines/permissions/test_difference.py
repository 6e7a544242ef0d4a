"""New access: every request that is told replays, and no request that is new goes untold."""

from __future__ import annotations

import random
from typing import Any

import pytest
from permission_worlds import HOME, RESOURCES, VALUES, World

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions.access import Difference, NewAccess
from nephograph.engines.permissions.difference import difference
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet

ROLE = f"arn:aws:iam::{HOME}:role/app"
Said = dict[str, Any]


def allow(actions: Any, resources: Any = "*", **more: Any) -> Said:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: Any, resources: Any = "*", **more: Any) -> Said:
    return {**allow(actions, resources, **more), "Effect": "Deny"}


def policies(*identity: Said, boundary: Any = None, scp: Any = (), holdings: Any = (), **entity: Any) -> PolicySet:
    """One role in one account. `holdings`: (ARN, statements of its policy)."""
    found = PolicySet(keeps=True)

    def number(statements: Any, use: Any) -> int:
        return found.policy({"Version": "2012-10-17", "Statement": list(statements)}, use, use)

    found.account(Account(HOME, tuple((number(level, "scp"),) for level in scp)))
    bounds = (number(boundary, "boundary"),) if boundary is not None else ()
    found.entity(Entity(ROLE, (number(identity, "identity"),), bounds, **entity))
    for arn, statements in holdings:
        found.holding(Holding(arn, HOME, (number(statements, "resource"),)))
    return found


def replays(one: NewAccess) -> bool:
    assert one.before is not None
    assert one.after is not None
    was = decide(Request(**one.request_before), Policies(**one.before)).effect
    return decide(Request(**one.request), Policies(**one.after)).effect == "allowed" and was != "allowed"


def told(found: Difference) -> set[str]:
    return {action.spelled for one in found.found for action in one.actions}


def test_more_actions_on_more_resources() -> None:
    found = difference(
        policies(allow("s3:GetObject", "arn:aws:s3:::b/*")),
        policies(allow(["s3:GetObject", "sqs:SendMessage"], "arn:aws:s3:::b*")),
    )
    (one,) = found.found
    assert [action.spelled for action in one.actions] == ["s3:GetObject"]
    (part,) = one.parts
    assert part.resources == ("arn:aws:s3:::b*",)
    assert part.but_not == ("arn:aws:s3:::b/*",)
    assert one.depends_on == ()
    assert replays(one)
    assert found.gaps == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (allow("s3:GetObject", "arn:aws:s3:::b/*"), allow("s3:GetObject", "arn:aws:s3:::b/a*")),
        (allow("s3:*"), allow(["s3:Get*", "s3:Put*"])),
        (allow("*"), allow("iam:*")),
        (allow("s3:ListAllMyBuckets"), allow(["s3:ListAllMyBuckets"], "*")),
        # An action without a resource is not to be had on one.
        (allow("s3:GetObject", "arn:aws:s3:::b/*"), allow(["s3:GetObject", "s3:ListAllMyBuckets"], "arn:aws:s3:::b/*")),
        (
            allow("s3:GetObject", "*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
            allow("s3:GetObject", "*", Condition={"IpAddress": {"aws:SourceIp": "10.1.0.0/16"}}),
        ),
        (
            allow("s3:GetObject", "*", Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "10"}}),
            allow("s3:GetObject", "*", Condition={"NumericLessThanEquals": {"aws:MultiFactorAuthAge": "9"}}),
        ),
        (
            allow("s3:GetObject", "*", Condition={"StringLike": {"s3:prefix": "a*"}}),
            allow("s3:GetObject", "*", Condition={"StringEquals": {"s3:prefix": ["ab", "ac"]}}),
        ),
        (allow("sts:GetSessionToken"), allow(["sts:GetSessionToken", "sts:GetCallerIdentity"])),
    ],
)
def test_less_is_not_new(old: Said, new: Said) -> None:
    assert difference(policies(old), policies(new)).found == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {"IpAddress": {"aws:SourceIp": "10.0.0.0/7"}}),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
        ({"NumericLessThan": {"k:n": "10"}}, {"NumericLessThanEquals": {"k:n": "10"}}),
        ({"NumericLessThan": {"k:n": "10"}}, {"NumericNotEquals": {"k:n": "3"}}),
        ({"DateLessThan": {"aws:CurrentTime": "2026-01-01"}}, {"DateLessThan": {"aws:CurrentTime": "2027-01-01"}}),
        ({"Bool": {"aws:SecureTransport": "true"}}, {"BoolIfExists": {"aws:SecureTransport": "true"}}),
        ({"StringLike": {"k:s": "a*"}}, {"StringLike": {"k:s": "?a*"}}),
        ({"StringEquals": {"k:s": "a"}}, {"StringEqualsIgnoreCase": {"k:s": "a"}}),
        ({"StringEquals": {"k:s": "a"}}, {"StringNotEquals": {"k:s": "a"}, "Null": {"k:s": "false"}}),
        ({"ArnLike": {"k:a": "arn:aws:s3:::a"}}, {"ArnLike": {"k:a": "arn:aws:*:::a"}}),
        ({"ForAllValues:StringEquals": {"k:m": "a"}}, {"ForAllValues:StringEquals": {"k:m": ["a", "b"]}}),
        ({"ForAnyValue:StringLike": {"k:m": "a*"}}, {"ForAnyValue:StringLike": {"k:m": "b*"}}),
        ({"ForAllValues:StringEquals": {"k:m": "a"}}, {"ForAnyValue:StringEquals": {"k:m": "a"}}),
        ({"Null": {"k:m": "true"}}, {"Null": {"k:m": "false"}}),
        ({"BinaryEquals": {"k:b": "YQ=="}}, {"BinaryEquals": {"k:b": "Yg=="}}),
        ({"StringEquals": {"k:s": "${aws:username}"}}, {"StringEquals": {"k:s": "${k:t}"}}),
    ],
)
def test_a_wider_condition_is_told_with_a_value_that_passes(old: Said, new: Said) -> None:
    found = difference(
        policies(allow("sqs:SendMessage", Condition=old)), policies(allow("sqs:SendMessage", Condition=new))
    )
    (one,) = found.found
    assert one.depends_on == ()
    assert replays(one)
    assert one.parts[0].conditions


def test_names_of_today_are_not_all_there_will_be() -> None:
    today = [f"sqs:{action.name}" for action in Engine(policies()).universe.service("sqs").actions if action.exists]
    found = difference(policies(allow(today)), policies(allow("sqs:*")))
    (one,) = found.found
    assert all(action.future for action in one.actions)
    assert replays(one)
    found = difference(policies(allow("sqs:Get*")), policies(allow(["sqs:Get*", "sqs:*Queue"])))
    assert any(
        action.future and not action.name.lower().startswith("get") for one in found.found for action in one.actions
    )
    assert difference(policies(allow("sqs:*")), policies(allow(["sqs:Get*", "sqs:*Queue"]))).found == []


def test_limits_that_are_lifted_are_new_access() -> None:
    wide = allow("s3:*")
    for old, new in (
        (
            policies(wide, boundary=[allow("s3:GetObject")]),
            policies(wide, boundary=[allow(["s3:GetObject", "s3:PutObject"])]),
        ),
        (policies(wide, scp=[[allow("*"), deny("s3:PutObject")]]), policies(wide, scp=[[allow("*")]])),
        (policies(wide, deny("s3:PutObject")), policies(wide)),
    ):
        found = difference(old, new)
        assert told(found) >= {"s3:PutObject"}
        assert "s3:GetObject" not in told(found)
        assert all(replays(one) for one in found.found)
        assert difference(new, old).found == []


def test_what_a_limit_cuts_is_not_new() -> None:
    cut = policies(
        allow("*"), boundary=[allow("s3:GetObject", "arn:aws:s3:::b/*")], scp=[[allow("*")], [allow("s3:*")]]
    )
    found = difference(policies(), cut)
    assert told(found) == {"s3:GetObject"}
    assert all(replays(one) for one in found.found)


def test_tags_decide() -> None:
    statement = allow("sqs:*", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}})
    assert difference(policies(), policies(statement, tags=(("team", "blue"),))).found == []
    found = difference(policies(statement, tags=(("team", "blue"),)), policies(statement, tags=(("Team", "red"),)))
    assert "sqs:SendMessage" in told(found)
    assert all(replays(one) for one in found.found)


def test_a_resource_that_lets_in_everybody() -> None:
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:q"
    grant = [allow("sqs:SendMessage", queue, Principal="*")]
    found = difference(policies(holdings=[(queue, [])]), policies(holdings=[(queue, grant)]))
    assert {one.principal for one in found.found} == {"anonymous", ROLE}
    assert told(found) == {"sqs:SendMessage"}
    assert all(replays(one) for one in found.found)
    # Whoever had it by its own policy has nothing new.
    had = difference(
        policies(allow("sqs:*"), holdings=[(queue, [])]), policies(allow("sqs:*"), holdings=[(queue, grant)])
    )
    assert {one.principal for one in had.found} == {"anonymous"}


def test_another_account_that_is_let_in_depends_on_its_own_side() -> None:
    bucket, far = "arn:aws:s3:::b", "arn:aws:iam::999999999999:role/far"
    grant = [allow("s3:GetObject", "arn:aws:s3:::b/*", Principal={"AWS": far})]
    found = difference(policies(holdings=[(bucket, [])]), policies(holdings=[(bucket, grant)]))
    (one,) = found.found
    assert one.principal == far
    assert one.request["resource"].startswith("arn:aws:s3:::b/")
    assert any("999999999999" in text for text in one.depends_on)


def test_what_the_resource_gave_already_is_not_new() -> None:
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:q"
    grant = [allow("sqs:SendMessage", queue, Principal={"AWS": ROLE})]
    old = policies(holdings=[(queue, grant)])
    new = policies(allow("sqs:SendMessage", queue), holdings=[(queue, grant)])
    assert difference(old, new).found == []


def test_of_several_actions_only_those_that_the_resource_had_not_given() -> None:
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:q"
    grant = [allow("sqs:ReceiveMessage", queue, Principal={"AWS": ROLE})]
    new = policies(allow(["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:PurgeQueue"], queue), holdings=[(queue, grant)])
    found = difference(policies(holdings=[(queue, grant)]), new)
    assert told(found) == {"sqs:SendMessage", "sqs:PurgeQueue"}
    assert all(replays(one) for one in found.found)


def test_resource_control_policies_that_are_lifted() -> None:
    old, new = policies(allow("s3:*")), policies(allow("s3:*"))
    stops = [{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}]
    number = old.policy({"Version": "2012-10-17", "Statement": stops}, "rcp")
    old.account(Account(HOME, (), ((number,),)))
    found = difference(old, new)
    assert told(found) == {"s3:PutObject"}
    assert all(replays(one) for one in found.found)
    assert difference(new, old).found == []


def test_entering_roles_and_keys_takes_their_own_policy() -> None:
    role, key = f"arn:aws:iam::{HOME}:role/other", f"arn:aws:kms:eu-west-1:{HOME}:key/k"
    (one,) = difference(policies(), policies(allow("sts:AssumeRole", role))).found
    assert one.depends_on
    trust = [{"Effect": "Allow", "Principal": {"AWS": HOME}, "Action": "sts:AssumeRole"}]
    (one,) = difference(
        policies(holdings=[(role, trust)]), policies(allow("sts:AssumeRole", role), holdings=[(role, trust)])
    ).found
    assert one.depends_on == ()
    assert replays(one)
    (one,) = difference(policies(), policies(allow("kms:Decrypt", key))).found
    assert one.depends_on
    (one,) = difference(
        policies(holdings=[(role, [])]), policies(holdings=[(role, [{**trust[0], "Principal": "*"}])])
    ).found
    assert one.principal == ROLE


def test_resources_of_others_depend_on_others() -> None:
    found = difference(policies(), policies(allow("sqs:SendMessage", "arn:aws:sqs:*:222222222222:*")))
    (one,) = found.found
    assert one.request["resource_account"] == "222222222222"
    assert "222222222222" in one.depends_on[0]


def test_content_that_is_not_known_leaves_it_open() -> None:
    new = policies(allow("sqs:SendMessage"))
    number = new.unknown_policy("policy X is not in the data")
    entity = new.entities[ROLE]
    new.entity(Entity(ROLE, (*entity.policies, number)))
    found = difference(policies(allow("sqs:SendMessage")), new)
    assert found.found
    assert all(one.depends_on and one.after is None for one in found.found)


SEEDS = 9


def test_nothing_new_goes_untold() -> None:
    """Random organizations, some policies of which change: what brute force finds new is told; what is told is new."""
    new_ones = replayed = 0
    for seed in range(SEEDS):
        old, new = _pair(seed)
        found = difference(old, new)
        for one in found.found:
            if not one.depends_on and one.before is not None and one.after is not None:
                assert replays(one), (seed, one)
                replayed += 1
        pick = random.Random(seed)
        before, after = Engine(old), Engine(new)
        names = {(one.principal, action.spelled.lower()) for one in found.found for action in one.actions}
        for principal in new.entities:
            for action, resource in REAL * 4:
                context = {key: pick.choice(values) for key, values in VALUES.items() if pick.random() < 0.5}
                owner = after.owner(_who(principal), resource)
                if after.can(principal, action, resource, owner, context).effect != "allowed":
                    continue
                if before.can(principal, action, resource, owner, context).effect in ("allowed", "depends"):
                    continue
                assert (principal, action.lower()) in names, (seed, principal, action, resource, context)
                new_ones += 1
    assert new_ones > SEEDS
    assert replayed > 3 * SEEDS


REAL = (
    ("s3:GetObject", RESOURCES[0]),
    ("s3:GetObject", RESOURCES[1]),
    ("s3:PutObject", RESOURCES[1]),
    ("s3:ListBucket", RESOURCES[2]),
    ("sqs:SendMessage", RESOURCES[3]),
    ("kms:Decrypt", RESOURCES[5]),
    ("sts:AssumeRole", RESOURCES[6]),
    ("s3:ListAllMyBuckets", "*"),
)


def _who(text: str) -> Any:
    from nephograph.engines.permissions.who import who

    return who(text)


def _pair(seed: int) -> tuple[PolicySet, PolicySet]:
    """Two organizations that differ in what one policy of each kind says."""
    sides = []
    for side in (0, 1):
        world = World(seed)
        found = PolicySet(keeps=True)
        other = World(seed + 5000 * side)
        spare = {use: [n for n, name in enumerate(other.set.names) if name == use] for use in set(other.set.names)}
        numbers: dict[int, int] = {}
        for number, document in world.raw.items():
            use = world.set.names[number]
            changes = side and number % 3 == seed % 3 and use in spare
            said = other.raw[spare[use][0]] if changes else document
            numbers[number] = found.policy(said, use, f"{use}{number}")  # type: ignore[arg-type]

        def moved(held: tuple[int, ...], numbers: dict[int, int] = numbers) -> tuple[int, ...]:
            return tuple(numbers[one] for one in held)

        for account in world.set.accounts.values():
            scp, rcp = tuple(map(moved, account.scp)), tuple(map(moved, account.rcp))
            found.account(Account(account.id, scp, rcp, account.organization))
        for entity in world.set.entities.values():
            found.entity(Entity(entity.arn, moved(entity.policies), moved(entity.boundary), entity.tags))
        for holding in world.set.holdings.values():
            found.holding(Holding(holding.arn, holding.account, moved(holding.policies), holding.tags))
        sides.append(found)
    return sides[0], sides[1]
