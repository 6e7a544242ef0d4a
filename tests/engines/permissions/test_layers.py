"""Layers, what is kept of them, and the index, each by the rule of IAM that it has to keep."""

from __future__ import annotations

from typing import Any

import pytest
from permission_worlds import HOME, OTHER

from nephograph.engines.permissions import variables
from nephograph.engines.permissions.access import parts
from nephograph.engines.permissions.asking import who_can
from nephograph.engines.permissions.context import UNKNOWN, Context
from nephograph.engines.permissions.diagram import FALSE, TRUE
from nephograph.engines.permissions.document import read
from nephograph.engines.permissions.effective import Effective
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.organization import Organization
from nephograph.engines.permissions.policyset import Account, Entity, Holding, Policies, PolicySet
from nephograph.engines.permissions.who import who

ROLE, ANN = f"arn:aws:iam::{HOME}:role/a", f"arn:aws:iam::{OTHER}:user/ann"
FULL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
NO_QUEUES = {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}
Said = dict[str, Any]


def document(*statements: Said) -> Said:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def organization(policies: PolicySet) -> Organization:
    found = Organization(policies)
    found.evaluate()
    return found


def holding(*statements: Said, scp: tuple[Said, ...] = (), tags: Any = ()) -> tuple[PolicySet, int]:
    """A role with one policy, below a level of an organization where one is given."""
    made = PolicySet()
    number = made.policy(document(*statements))
    levels = ((made.policy(document(*scp), "scp"),),) if scp else ()
    made.account(Account(HOME, levels, (), "o-1"))
    made.entity(Entity(ROLE, (number,), (), tags))
    return made, number


@pytest.mark.parametrize(("tags", "effect"), [((), "implicitly_denied"), (None, "depends"), ((("x", "y"),), "allowed")])
def test_a_tag_that_a_role_does_not_have_is_absent_where_its_tags_are_known(tags: Any, effect: str) -> None:
    made, _ = holding({**FULL, "Condition": {"StringEquals": {"aws:PrincipalTag/x": "y"}}}, tags=tags)
    assert Engine(made).can(ROLE, "sqs:SendMessage").effect == effect


def test_a_replaced_policy_stays_below_the_levels_of_its_account() -> None:
    made, number = holding({**FULL, "Action": "s3:*"}, scp=(FULL, NO_QUEUES))
    found = organization(made)
    found.replace(number, read(document({**FULL, "Action": ["sqs:*", "sns:*"]})))
    assert not list(who_can(found, "sqs:SendMessage", "*", {}).principals())
    assert list(who_can(found, "sns:Publish", "*", {}).principals()) == [(ROLE, TRUE)]


@pytest.mark.parametrize("account", [HOME, OTHER])
@pytest.mark.parametrize("before", [FULL, {**FULL, "Condition": {"StringEquals": {"aws:PrincipalAccount": OTHER}}}])
def test_a_replaced_policy_is_asked_what_is_known_of_who_holds_it(account: str, before: Said) -> None:
    """`what` after a change tells what a new evaluation tells."""
    after = document({**FULL, "Action": "sqs:*", "Condition": {"StringEquals": {"aws:PrincipalAccount": account}}})
    made, number = holding(before)
    made.entity(Entity(f"{ROLE}2", made.entities[ROLE].policies))
    changed = organization(made)
    changed.replace(number, read(after))
    assert len(changed.classes) == len(changed.permissions)
    told = [(service, len(actions), when) for service, actions, when in changed.what(ROLE)]
    fresh = Organization(made, changed.engine)
    fresh.evaluate()
    assert told == [(service, len(actions), when) for service, actions, when in fresh.what(ROLE)]
    assert [(service, when) for service, _, when in told] == ([("sqs", TRUE)] if account == HOME else [])


def test_what_a_layer_only_denies_is_said() -> None:
    made, _ = holding(NO_QUEUES)
    engine = Engine(made)
    one = who(ROLE)
    assert one is not None
    identity = engine.klass(one).identity
    assert identity is not None
    ((bits, allow, deny),) = engine.layers.cells(identity, "sqs")
    assert (bits, allow, deny) == (engine.universe.service("sqs").every, FALSE, TRUE)
    assert engine.layers.cells(identity, "s3") == ()


def test_a_policy_that_is_not_known_may_deny_what_others_allow() -> None:
    made, number = holding(FULL)
    made.entity(Entity(ROLE, (number, made.unknown_policy("somebody's policy is not in the data"))))
    answer = Engine(made).can(ROLE, "sqs:SendMessage", "*", context={})
    assert answer.effect == "depends"
    assert answer.depends_on == ("whether it denies: somebody's policy is not in the data",)


@pytest.mark.parametrize(
    ("pattern", "action", "others"),
    [("s3:Frob*", "s3:Frobnicate", ["s3:GetObject"]), ("sqs:*Frob", "sqs:DoFrob", ["sqs:DoFrobs", "sqs:SendMessage"])],
)
def test_an_action_that_only_one_pattern_means_is_asked_of_everybody(
    pattern: str, action: str, others: list[str]
) -> None:
    """A name that is not in the index, and that no known action is like to the patterns at hand."""
    made, _ = holding({**FULL, "Action": pattern})
    far = made.policy(document({**FULL, "Action": ["sqs:SendMessage", "s3:GetObject"]}))
    made.entity(Entity(ANN, (far,)))
    found = organization(made)
    before = {one for one in others for _ in who_can(found, one, "*", {}).principals()}
    assert before == {one for one in others if one in ("s3:GetObject", "sqs:SendMessage")}
    assert list(who_can(found, action, "*", {}).principals()) == [(ROLE, TRUE)]
    assert {one for one in others for _ in who_can(found, one, "*", {}).principals()} == before


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("arn:aws:s3:::data/u/${aws:username}", True),
        ("arn:aws:s3:::data/${aws:username}/*", False),
        ("*:data/u/*", True),
        ("?rn:aws:s3:::data/u/ann", True),
        ("*:data/v/*", False),
    ],
)
def test_who_can_finds_patterns_wherever_their_wildcards_and_variables_stand(pattern: str, found: bool) -> None:
    """A bucket that is open to every account, and a user of another account."""
    made = PolicySet()
    made.account(Account(HOME, organization=""))
    made.account(Account(OTHER, organization=""))
    made.entity(Entity(ANN, (made.policy(document({**FULL, "Resource": pattern})),)))
    open_ = made.policy(document({**FULL, "Principal": "*"}), "resource")
    made.holding(Holding("arn:aws:s3:::data", HOME, (open_,)))
    told = dict(who_can(organization(made), "s3:GetObject", "arn:aws:s3:::data/u/ann", {}).principals())
    assert (ANN in told) is found


def test_slices_that_classes_share_come_once() -> None:
    made, number = holding(FULL)
    made.entity(Entity(f"arn:aws:iam::{HOME}:user/u", (number,)))
    made.entity(Entity(f"{ROLE}2", (number, made.policy(document({**FULL, "Action": "sqs:*", "Resource": "arn:*"})))))
    found = organization(made)
    assert len(found.classes) == 3
    services = [service for service, _ in found.slices()]
    assert services.count("s3") == 1
    assert services.count("sqs") == 2


def test_what_stands_in_braces_and_is_no_key_has_no_value() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""
    for text in ("${}", "${'x'}", "${aws:username, x}", "${a'b}"):
        assert variables.expanded(f"arn:aws:s3:::{text}", Context({"aws:username": ("ann",)}, UNKNOWN), True) is None


def levels(made: PolicySet, *each: Said) -> tuple[Policies, ...]:
    return tuple((made.policy(document(one), "scp", str(number)),) for number, one in enumerate(each))


def test_permissions_are_forgotten_with_the_actions_they_were_worked_out_for() -> None:
    made, _ = holding(FULL)
    made.account(Account(HOME, levels(made, {**FULL, "Action": "sqs:Frob*"}, FULL)))
    engine = Engine(made)
    one = who(ROLE)
    assert one is not None
    klass = engine.klass(one)
    effective = Effective(engine)
    (future,) = effective.permissions(klass).of("sqs") or ((0, FALSE),)
    _, bit = engine.action("sqs:Frobnicate")
    assert not future[0] >> bit & 1
    effective.forget()
    assert [(bits >> bit & 1, when) for bits, when in effective.permissions(klass).of("sqs") if bits >> bit & 1] == [
        (1, TRUE)
    ]


def test_an_open_question_is_told_with_the_answer_that_it_takes() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html"""
    made, _ = holding({**FULL, "Action": "s3:*"})
    queue = f"arn:aws:sqs:eu-west-1:{HOME}:q"
    lets_in = {"Effect": "Allow", "NotPrincipal": {"AWS": ANN}, "Action": "*", "Resource": "*"}
    made.holding(Holding(queue, HOME, (made.policy(document(lets_in), "resource"),)))
    made.entity(Entity(ROLE, made.entities[ROLE].policies, (made.policy(document({**FULL, "Action": "s3:*"})),)))
    engine = Engine(made)
    answer = engine.can(ROLE, "sqs:SendMessage", queue, context={})
    assert answer.effect == "depends"
    (part,) = parts(engine, answer.residual)
    assert part.conditions == ("whether a NotPrincipal grants to a role past its boundary and session policies",)
