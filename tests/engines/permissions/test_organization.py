"""Classes, their permissions and the index, against what layers say of one action and one principal at a time."""

from __future__ import annotations

from typing import Any

import pytest
from permission_worlds import ACTIONS, HOME, OTHER, RESOURCES, World

from nephograph.engines.permissions.asking import who_can
from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.document import read
from nephograph.engines.permissions.effective import Effective, Permissions
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import Comparison, answer
from nephograph.engines.permissions.organization import Organization
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet
from nephograph.engines.permissions.who import who

SERVICES = ("s3", "sqs", "kms", "sts", "zzz", "newservice")
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
Said = dict[str, Any]


def document(*statements: Said) -> Said:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def evaluated(policies: PolicySet) -> Organization:
    found = Organization(policies)
    found.evaluate()
    return found


def by_bit(permissions: Permissions, service: str) -> dict[int, int]:
    """Bit -> when; no bit comes twice."""
    found: dict[int, int] = {}
    for bits, when in permissions.of(service):
        assert when != FALSE
        assert bits
        for bit in range(bits.bit_length()):
            if bits >> bit & 1:
                assert bit not in found
                found[bit] = when
    return found


def expected(engine: Engine, klass: Any, service: str) -> dict[int, int]:
    found: dict[int, int] = {}
    diagram = engine.diagram
    for bit in range(len(engine.universe.service(service).actions)):
        sides = engine.sides(klass, service, bit)
        own = diagram.all_of((sides.identity, sides.boundary, sides.session, sides.scp))
        when = diagram.without(own, sides.denied)
        if klass.identity is not None and when != FALSE:
            found[bit] = when
    return found


@pytest.mark.parametrize("start", [0, 5])
def test_permissions_of_a_class_are_what_its_layers_say_of_each_action(start: int) -> None:
    total = 0
    for seed in range(start, start + 5):
        organization = evaluated(World(seed).set)
        for klass, permissions in zip(organization.classes, organization.permissions, strict=True):
            for service in organization.engine.universe.names.keys() & set(SERVICES):
                assert by_bit(permissions, service) == expected(organization.engine, klass, service), (seed, service)
            named = permissions.services()
            assert named == sorted(set(named))
            assert {s for s in SERVICES if permissions.of(s)} == {
                s for s in named if s in SERVICES and permissions.of(s)
            }
            total += len(named)
    assert total > 100


def test_session_policies_and_principals_without_policies() -> None:
    for seed in range(12):
        world = World(seed)
        session = tuple(n for n, name in enumerate(world.set.names) if name == "session")
        effective = Effective(world.engine)
        for principal in (f"arn:aws:iam::{HOME}:role/app", f"arn:aws:iam::{HOME}:root", "lambda.amazonaws.com"):
            one = who(principal)
            assert one is not None
            klass = world.engine.klass(one, session if "role" in principal else ())
            permissions = effective.permissions(klass)
            for service in ("s3", "sqs"):
                assert by_bit(permissions, service) == expected(world.engine, klass, service)
            assert bool(klass.identity) or permissions.services() == []


def holds(engine: Engine, when: int, resource: str) -> bool:
    """May the function hold for a resource, whatever the rest is?"""
    from nephograph.engines.permissions.context import UNKNOWN, Context

    def value(number: int) -> bool | None:
        question = engine.questions.question(number)
        return None if isinstance(question, Comparison) else answer(question, resource, Context({}, UNKNOWN))

    return engine.diagram.restricted(when, value, {}) != FALSE


def checked_index(organization: Organization) -> int:
    """The index holds what classes have, and leaves no function out that may hold."""
    index, engine = organization.index, organization.engine
    members = {number for numbers in organization.by_account.values() for number in numbers}
    met = 0
    for service in SERVICES:
        had: dict[tuple[int, int], set[int]] = {}
        for number in members:
            for bit, when in by_bit(organization.permissions[number], service).items():
                had.setdefault((when, bit), set()).add(number)
        for (when, bit), numbers in had.items():
            found = list(index.classes(service, bit, when))
            assert set(found) & members == numbers
            assert len(found) == len(set(found))
            assert index.has(service, bit, when)
        functions = {when for when, _ in had}
        for when, bit in [(when, bit) for when in functions for bit in (0, 1)]:
            assert set(index.classes(service, bit, when)) & members == had.get((when, bit), set())
        for resource in RESOURCES:
            told = index.functions(service, resource)
            assert len(told) == len(set(told))
            may = {when for when in functions if holds(engine, when, resource)}
            assert may <= set(told)
            met += len(may)
    return met


def test_the_index_leads_back_to_the_classes() -> None:
    met = 0
    for seed in range(8):
        world = World(seed)
        organization = evaluated(world.set)
        met += checked_index(organization)
        numbers = [n for n, name in enumerate(world.set.names) if name in ("identity", "scp")][:2]
        for number in numbers:
            organization.replace(number, read(document({**EVERYTHING, "Action": "s3:Get*"}), "identity"))
            met += checked_index(organization)
    assert met > 500
    assert evaluated(PolicySet()).index.functions("s3", "*") == []
    assert not evaluated(PolicySet()).index.has("s3", 0, TRUE)


def test_the_index_looks_at_few() -> None:
    """Of functions with a pattern only those are looked at whose pattern the resource matches."""
    policies = PolicySet()
    for name in "abc":
        said = {"Effect": "Allow", "Action": "s3:*", "Resource": f"arn:aws:s3:::{name}/*"}
        policies.entity(Entity(f"arn:aws:iam::{HOME}:role/{name}", (policies.policy(document(said)),)))
    found = evaluated(policies).index
    assert len(found.functions("s3", "arn:aws:s3:::a/x")) == 1
    assert found.functions("s3", "arn:aws:s3:::d/x") == []
    assert found.functions("sqs", "arn:aws:s3:::a/x") == []


def test_whoever_holds_the_same_is_of_one_class() -> None:
    policies = PolicySet()
    same, other = (policies.policy(document({**EVERYTHING, "Action": f"{name}:*"})) for name in ("s3", "sqs"))
    asks = policies.policy(
        document({**EVERYTHING, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}), name="asks"
    )
    scp = ((policies.policy(document(EVERYTHING), "scp", "full"),),)
    policies.account(Account(OTHER, scp))
    for account, name, held, tags in (
        (HOME, "a", (same,), ()),
        (HOME, "b", (same,), ()),
        (HOME, "c", (other,), ()),
        (OTHER, "a", (same,), ()),
        (HOME, "red", (asks,), (("team", "red"),)),
        (HOME, "blue", (asks,), (("team", "blue"),)),
        (HOME, "Red", (asks,), (("team", "red"),)),
        (HOME, "aws-service-role/x/AWSServiceRoleForX", (same,), ()),
    ):
        policies.entity(Entity(f"arn:aws:iam::{account}:role/{name}", held, (), tags))
    found = evaluated(policies)
    numbers = {arn.partition(":role/")[2] + arn.split(":")[4][0]: number for arn, number in found.class_of.items()}
    assert numbers["a1"] == numbers["b1"]
    assert numbers["red1"] == numbers["Red1"]
    distinct = [numbers[name] for name in ("a1", "c1", "a2", "red1", "blue1", "aws-service-role/x/AWSServiceRoleForX1")]
    assert len(set(distinct)) == 6
    assert found.accounts_of[numbers["a1"]] == {HOME}
    assert found.by_account[HOME][numbers["a1"]] == [f"arn:aws:iam::{HOME}:role/{name}" for name in "ab"]
    assert found.has_linked
    assert not evaluated(PolicySet()).has_linked


def listed(organization: Organization, action: str, resource: str, context: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for arn, residual in who_can(organization, action, resource, context).principals():
        assert arn not in found, (arn, action, resource)
        assert residual != FALSE
        found[arn] = "allowed" if residual == TRUE else "depends"
    return found


def one_by_one(organization: Organization, action: str, resource: str, context: Any) -> dict[str, str]:
    engine = Engine(organization.set)
    found = {arn: engine.can(arn, action, resource, context=context).effect for arn in organization.set.entities}
    return {arn: effect for arn, effect in found.items() if effect in ("allowed", "depends")}


QUESTIONS: tuple[tuple[str, str], ...] = (
    *((action, resource) for action, resource in zip(ACTIONS, RESOURCES, strict=False)),
    ("s3:GetObject", RESOURCES[0]), ("s3:ListBucket", RESOURCES[2]), ("sqs:SendMessage", RESOURCES[3]),
    ("sqs:SendMessage", RESOURCES[4]), ("kms:Decrypt", RESOURCES[5]), ("sts:AssumeRole", RESOURCES[6]),
    ("sts:AssumeRole", RESOURCES[7]), ("sts:GetCallerIdentity", "*"), ("ec2:RunInstances", "*"),
)  # fmt: skip


@pytest.mark.parametrize("start", [100, 103, 106])
def test_who_can_is_what_can_says_of_each(start: int) -> None:
    """With a closed context, and with none: everybody once, and nobody who cannot."""
    yes = 0
    for seed in range(start, start + 3):
        world = World(seed)
        organization = evaluated(world.set)
        for number, (action, resource) in enumerate(QUESTIONS):
            context = None if number % 2 else {"s3:prefix": "a", "aws:SecureTransport": "true"}
            told = {
                arn: effect
                for arn, effect in listed(organization, action, resource, context).items()
                if arn in world.set.entities
            }
            assert told == one_by_one(organization, action, resource, context), (seed, action, resource, context)
            yes += len(told)
    assert yes > 30


def many(
    statement: Said,
    *,
    accounts: Any = (),
    names: Any = ("a", "b"),
    tags: Any = (),
    rcp: Any = None,
    bounded: bool = False,
) -> PolicySet:
    """Four accounts with two roles each that may do everything, and one queue with a policy."""
    policies = PolicySet()
    full = policies.policy(document(EVERYTHING))
    bound = policies.policy(document({**EVERYTHING, "Action": "s3:*" if bounded else "*"}), "boundary", "bound")
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:q"
    for number, account in enumerate((HOME, OTHER, "3" * 12, "4" * 12)):
        more = dict(accounts).get(account, {})
        policies.account(Account(account, **{"organization": "", **more}))
        for name in names:
            boundary = (bound,) if bounded or (number == 3 and name == "b") else ()
            tagged = tags if name == "a" else ()
            policies.entity(Entity(f"arn:aws:iam::{account}:role/{name}", (full,), boundary, tagged))
        policies.entity(Entity(f"arn:aws:iam::{account}:role/none", ()))
        policies.entity(Entity(f"arn:aws:iam::{account}:user/u", (full,), (bound,) if bounded else (), None))
    if rcp is not None:
        limit = policies.policy(document(rcp), "rcp")
        policies.account(Account(HOME, (), ((limit,),), ""))
    policies.holding(Holding(queue, HOME, (policies.policy(document(statement), "resource"),)))
    return policies


QUEUE = f"arn:aws:sqs:eu-west-1:{HOME}:q"
GRANT: Said = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
DENY: Said = {**GRANT, "Effect": "Deny"}
RED = {"StringEquals": {"aws:PrincipalTag/team": "red"}}


@pytest.mark.parametrize(
    ("statement", "more"),
    [
        (GRANT, {}),
        ({**GRANT, "Principal": {"AWS": "*"}}, {}),
        ({**GRANT, "Principal": {"AWS": [OTHER, f"arn:aws:iam::{'3' * 12}:role/a"]}}, {}),
        ({**GRANT, "Principal": {"AWS": f"arn:aws:iam::{OTHER}:root"}}, {}),
        ({**GRANT, "Action": "sqs:Receive*", "Principal": {"AWS": OTHER}}, {}),
        ({**GRANT, "Principal": {"AWS": f"arn:aws:iam::{HOME}:role/none"}}, {}),
        ({**GRANT, "Principal": {"Service": "sns.amazonaws.com"}}, {}),
        ({**GRANT, "Principal": {"CanonicalUser": "a" * 64}}, {}),
        ({**GRANT, "Condition": RED}, {"tags": (("team", "red"),)}),
        (
            {**GRANT, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
            {"accounts": {OTHER: {"organization": "o-1"}}},
        ),
        (
            {**GRANT, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
            {"accounts": {OTHER: {"organization": None}}},
        ),
        ({**GRANT, "Condition": {"StringEquals": {"aws:PrincipalAccount": OTHER}}}, {}),
        ({**GRANT, "Condition": {"StringEquals": {"aws:PrincipalType": "User"}}}, {}),
        ({**GRANT, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/a"}}}, {}),
        ({**GRANT, "Condition": {"StringEquals": {"sqs:k": "${aws:PrincipalTag/team}"}}}, {"tags": (("team", "red"),)}),
        ({**GRANT, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}, {}),
        (DENY, {}),
        ({**DENY, "Condition": RED}, {"tags": (("team", "red"),)}),
        ({"Effect": "Deny", "NotPrincipal": {"AWS": OTHER}, "Action": "*", "Resource": "*"}, {}),
        ({"Effect": "Allow", "NotPrincipal": {"AWS": OTHER}, "Action": "*", "Resource": "*"}, {}),
        (
            GRANT,
            {
                "rcp": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": RED},
                "tags": (("team", "red"),),
            },
        ),
        (GRANT, {"rcp": {"Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}}),
        ({"Effect": "Allow", "NotPrincipal": {"AWS": OTHER}, "Action": "*", "Resource": "*"}, {"bounded": True}),
        ({**GRANT, "Principal": {"AWS": HOME}}, {"bounded": True}),
        ({"Effect": "Deny", "NotPrincipal": {"AWS": HOME}, "Action": "*", "Resource": "*"}, {"bounded": True}),
        (GRANT, {"rcp": DENY, "names": ("a", "aws-service-role/x/AWSServiceRoleForX")}),
    ],
)
@pytest.mark.parametrize("context", [{}, None])
def test_whom_a_resource_lets_in(statement: Said, more: dict[str, Any], context: Any) -> None:
    organization = evaluated(many(statement, **more))
    for action, resource in (("sqs:SendMessage", QUEUE), ("sqs:SendMessage", "*"), ("sqs:SendMessage", f"{QUEUE}x")):
        told = {
            a: e for a, e in listed(organization, action, resource, context).items() if a in organization.set.entities
        }
        assert told == one_by_one(organization, action, resource, context), (action, resource)


def test_a_policy_of_a_resource_that_is_not_known_leaves_everybody_open() -> None:
    policies = many(GRANT)
    policies.holding(Holding(QUEUE, HOME, (policies.unknown_policy("it is computed"),)))
    organization = evaluated(policies)
    told = listed(organization, "sqs:SendMessage", QUEUE, {})
    assert told["anonymous"] == "depends"
    told = {a: e for a, e in told.items() if a in policies.entities}
    assert told == one_by_one(organization, "sqs:SendMessage", QUEUE, {})
    assert told[f"arn:aws:iam::{OTHER}:role/a"] == "depends"


def test_who_else_is_told() -> None:
    told = listed(
        evaluated(many({**GRANT, "Principal": {"Service": "sns.amazonaws.com", "AWS": "*"}})),
        "sqs:SendMessage",
        QUEUE,
        {},
    )
    assert told["anonymous"] == "allowed"
    assert told["sns.amazonaws.com"] == "allowed"
    stranger = f"arn:aws:iam::{'7' * 12}:user/x"
    told = listed(evaluated(many({**GRANT, "Principal": {"AWS": stranger}})), "sqs:SendMessage", QUEUE, {})
    assert told[stranger] == "depends"


def test_what_a_principal_may_do() -> None:
    policies = PolicySet()
    number = policies.policy(document({**EVERYTHING, "Action": ["sqs:SendMessage", "s3:GetObject"]}))
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/a", (number,)))
    found = evaluated(policies)
    told = {
        s: [a.spelled for a in actions]
        for s, actions, when in found.what(f"arn:aws:iam::{HOME}:role/a")
        if when == TRUE
    }
    assert told == {"sqs": ["sqs:SendMessage"], "s3": ["s3:GetObject"]}
    with pytest.raises(KeyError):
        list(found.what("nobody"))


def test_actions_that_nobody_has_heard_of() -> None:
    policies = PolicySet()
    held = policies.policy(document({**EVERYTHING, "Action": ["sqs:Send*", "s3:*"]}))
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/a", (held,)))
    organization = evaluated(policies)
    for action, allowed in (
        ("sqs:SendSomethingNew", True), ("sqs:GetSomethingNew", False), ("s3:Whatever", True), ("S3:whatever", True),
        ("unheard:Of", False), ("sqs:SendMessage", True), ("sqs:sendmessage", True),
    ):  # fmt: skip
        assert bool(listed(organization, action, "*", {})) is allowed, action
    with pytest.raises(ValueError, match="no action"):
        who_can(organization, "sqs", "*")


def test_a_policy_may_be_replaced_by_one_that_names_new_actions() -> None:
    policies = PolicySet()
    number = policies.policy(document({**EVERYTHING, "Action": "sqs:*"}))
    other = policies.policy(document({**EVERYTHING, "Action": "s3:*"}))
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/a", (number,)))
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/b", (other,)))
    organization = evaluated(policies)
    old, unconcerned = (organization.class_of[f"arn:aws:iam::{HOME}:role/{name}"] for name in "ab")
    changed = organization.replace(number, read(document({**EVERYTHING, "Action": "sqs:BrandNew"})))
    assert old in changed
    assert bool(listed(organization, "sqs:BrandNew", "*", {}))
    assert not listed(organization, "sqs:SendMessage", "*", {})
    assert organization.replace(number, read(document({**EVERYTHING, "Action": "sqs:SendMessage"}))) == [old]
    assert list(listed(organization, "sqs:SendMessage", "*", {})) == [f"arn:aws:iam::{HOME}:role/a"]
    assert unconcerned not in organization.replace(
        number, read(document({**EVERYTHING, "Condition": {"StringEquals": {"aws:PrincipalAccount": OTHER}}}))
    )
    assert not listed(organization, "sqs:SendMessage", "*", {})
    organization.replace(number, read(document({**EVERYTHING, "Action": "sqs:*"})))
    assert list(listed(organization, "sqs:SendMessage", "*", {})) == [f"arn:aws:iam::{HOME}:role/a"]


def test_rectangles_over_known_resources() -> None:
    policies = PolicySet()
    said = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:a*"}
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/a", (policies.policy(document(said)),)))
    policies.inventory += [f"arn:aws:sqs:eu:{HOME}:{name}" for name in ("a", "ab", "b")] + ["arn:aws:s3:::ab"]
    organization = evaluated(policies)
    (one,) = organization.rectangles(organization.class_of[f"arn:aws:iam::{HOME}:role/a"])
    low, high = one.resources
    assert organization.inventory.arns[low:high] == [f"arn:aws:sqs:eu:{HOME}:a", f"arn:aws:sqs:eu:{HOME}:ab"]
    assert (one.service, one.residual) == ("sqs", TRUE)
    assert organization.project() == 1
    assert [service for service, _ in organization.slices()] == ["sqs"]


def told_and_expected(policies: PolicySet, action: str, resource: str, context: Any) -> tuple[Said, Said]:
    organization = evaluated(policies)
    told = listed(organization, action, resource, context)
    return {a: e for a, e in told.items() if a in policies.entities}, one_by_one(
        organization, action, resource, context
    )


@pytest.mark.parametrize("context", [{}, None])
@pytest.mark.parametrize("resource", [QUEUE, f"{QUEUE}1", f"{QUEUE}2", "*", f"arn:aws:sqs:eu-west-1:{OTHER}:far"])
@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:ResourceAccount": HOME}},
        {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
        {"StringNotEquals": {"aws:ResourceAccount": OTHER}},
        {"StringEquals": {"aws:ResourceOrgID": "o-1"}},
        {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
        {"StringEquals": {"aws:ResourceTag/kind": "red"}},
        {"StringEquals": {"aws:ResourceTag/kind": "${aws:PrincipalTag/team}"}},
        {"Null": {"aws:ResourceTag/kind": "true"}},
        {"StringEquals": {"aws:PrincipalTag/team": "red", "sqs:k": "${aws:username}"}},
    ],
)
def test_what_a_resource_is_decides_for_whoever_asks(condition: Said, resource: str, context: Any) -> None:
    """Its account (without one: that of whoever asks), its organization, its tags: known, absent, or not known."""
    policies = PolicySet()
    held = policies.policy(document({**EVERYTHING, "Condition": condition}))
    policies.account(Account(HOME, organization="o-1"))
    policies.account(Account(OTHER, organization="o-2"))
    policies.account(Account("3" * 12, organization=None))
    for account in (HOME, OTHER, "3" * 12):
        policies.entity(Entity(f"arn:aws:iam::{account}:role/r", (held,), (), (("team", "red"),)))
        policies.entity(Entity(f"arn:aws:iam::{account}:user/u", (held,), (), None))
    open_ = policies.policy(document(GRANT), "resource")
    for suffix, tags in (("", (("kind", "red"),)), ("1", (("other", "x"),)), ("2", None)):
        policies.holding(Holding(f"{QUEUE}{suffix}", HOME, (open_,) if suffix != "1" else (), tags))
    told, expected_ = told_and_expected(policies, "sqs:SendMessage", resource, context)
    assert told == expected_


NOT_CANONICAL: Said = {"Effect": "Deny", "NotPrincipal": {"CanonicalUser": "a" * 64}, "Action": "*", "Resource": "*"}


@pytest.mark.parametrize(
    "denial", [NOT_CANONICAL, {**NOT_CANONICAL, "NotPrincipal": {"AWS": [HOME, OTHER], "CanonicalUser": "a" * 64}}]
)
@pytest.mark.parametrize("bounded", ["all", "none", "some"])
def test_a_boundary_tells_apart_whom_a_denial_spares(denial: Said, bounded: str) -> None:
    """A Deny with NotPrincipal hits whoever has a permissions boundary, whatever it lists."""
    policies = PolicySet()
    full = policies.policy(document(EVERYTHING))
    bound = policies.policy(document(EVERYTHING), "boundary", "bound")
    for account in (HOME, OTHER, "3" * 12):
        policies.account(Account(account, organization=""))
        for name in ("a", "b"):
            has = bounded == "all" or (bounded == "some" and name == "b")
            policies.entity(Entity(f"arn:aws:iam::{account}:role/{name}", (full,), (bound,) if has else ()))
    policies.holding(Holding(QUEUE, HOME, (policies.policy(document(GRANT, denial), "resource"),)))
    told, expected_ = told_and_expected(policies, "sqs:SendMessage", QUEUE, {})
    assert told == expected_
    assert bool(told) == (bounded != "all")


def test_whoever_signs_may_ask_who_it_is() -> None:
    policies = many(GRANT)
    told, expected_ = told_and_expected(policies, "sts:GetCallerIdentity", f"arn:aws:iam::{HOME}:role/a", {})
    assert told == expected_
    assert set(told) == set(policies.entities)
