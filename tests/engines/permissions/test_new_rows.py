"""New access row by row: what resources decide, what is told once, and what is not told."""

from __future__ import annotations

from typing import Any

import pytest
from permission_worlds import HOME, OTHER

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions import difference as module
from nephograph.engines.permissions.access import NewAccess
from nephograph.engines.permissions.difference import difference
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet

ROLE = f"arn:aws:iam::{HOME}:role/app"
QUEUE, FAR = f"arn:aws:sqs:eu-west-1:{HOME}:q", f"arn:aws:sqs:eu-west-1:{OTHER}:far"
KEY = f"arn:aws:kms:eu-west-1:{HOME}:key/k"
Said = dict[str, Any]


def allow(actions: Any, resources: Any = "*", **more: Any) -> Said:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: Any, resources: Any = "*", **more: Any) -> Said:
    return {**allow(actions, resources, **more), "Effect": "Deny"}


BUCKETS = "arn:aws:s3:::*"


def when(key: str, value: str = "x") -> Said:
    return {"Condition": {"StringEquals": {key: value}}}


TO_ALL: Said = {"Principal": "*"}
TO_ROLE: Said = {"Principal": {"AWS": ROLE}}


class Side:
    """One side of a comparison: a role in one account, with resources."""

    def __init__(self, *identity: Said, rcp: Said | None = None, unknown: str = "") -> None:
        self.set = PolicySet(keeps=True)
        limit = ((self._policy("rcp", rcp),),) if rcp else ()
        self.set.account(Account(HOME, (), limit))
        held = [self._policy("identity", *identity)] + ([self.set.unknown_policy(unknown)] if unknown else [])
        self.set.entity(Entity(ROLE, tuple(held)))

    def _policy(self, use: Any, *statements: Said) -> int:
        return self.set.policy({"Version": "2012-10-17", "Statement": list(statements)}, use, use)

    def at(self, arn: str, *statements: Said, account: str = HOME, tags: Any = None) -> Side:
        number = (self._policy("resource", *statements),) if statements else ()
        self.set.holding(Holding(arn, account, number, tags))
        return self


def rows(old: Side, new: Side) -> list[NewAccess]:
    found = difference(old.set, new.set).found
    for one in found:
        if not one.depends_on:
            assert one.before is not None
            assert one.after is not None
            assert decide(Request(**one.request), Policies(**one.after)).effect == "allowed"
            assert decide(Request(**one.request_before), Policies(**one.before)).effect != "allowed"
        assert one.actions
    return found


def told(found: list[NewAccess]) -> list[list[str]]:
    return [[action.spelled for action in one.actions] for one in found]


SEND, RECEIVE = "sqs:SendMessage", "sqs:ReceiveMessage"


def test_a_resource_that_gave_it_already_is_left_out_of_the_search() -> None:
    first = difference(Side().set, Side(allow(SEND)).set).found[0].request["resource"]
    old, new = Side(), Side(allow(SEND))
    for side in (old, new):
        side.at(first, allow(SEND, **TO_ROLE))
    (one,) = rows(old, new)
    assert one.request["resource"] != first
    assert one.depends_on == ()


def test_a_resource_that_denies_it_is_left_out_with_all_that_is_in_it() -> None:
    first = difference(Side().set, Side(allow("s3:GetObject", BUCKETS)).set).found[0].request["resource"]
    bucket = first.partition("/")[0]
    for sides in ((Side(), Side(allow("s3:GetObject", BUCKETS)).at(bucket, deny("s3:*", **TO_ALL))),):
        (one,) = rows(*sides)
        assert not one.request["resource"].startswith(f"{bucket}/")
        assert one.depends_on == ()


def test_actions_on_resources_of_several_kinds_are_one_row() -> None:
    (one,) = rows(Side(), Side(allow(["s3:GetObject", "s3:ListBucket", "s3:ListAllMyBuckets"])))
    assert {a.spelled for a in one.actions} == {"s3:GetObject", "s3:ListBucket", "s3:ListAllMyBuckets"}


def test_actions_of_today_come_first_and_are_asked_for() -> None:
    (one,) = rows(Side(), Side(allow("sqs:*")))
    flags = [action.exists for action in one.actions]
    assert set(flags) == {True, False}
    assert flags == sorted(flags, reverse=True)
    names = [action.name for action in one.actions if action.exists]
    assert names == sorted(names)
    assert one.request["action"] in {f"sqs:{name}" for name in names}
    many = rows(Side().at(QUEUE, deny("s3:*", **TO_ALL)), Side().at(QUEUE, allow("sqs:*", **TO_ROLE)))
    assert one.request["action"] in {row.request["action"] for row in many}


def test_one_action_more_does_not_make_others_new() -> None:
    old = Side(allow("s3:GetObject", "arn:aws:s3:::a/*"))
    new = Side(allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("s3:PutObject", "arn:aws:s3:::b/*"))
    assert told(rows(old, new)) == [["s3:PutObject"]]


@pytest.mark.parametrize("account", [OTHER, HOME])
def test_a_resource_with_a_policy_of_its_own_is_told_by_itself_where_it_is_of_others(account: str) -> None:
    """At home the principal's own policy decides by itself; of another account the resource's policy has a say."""
    arn = FAR if account == OTHER else QUEUE
    old, new = Side(), Side(allow(SEND))
    for side in (old, new):
        side.at(arn, allow(SEND, Principal={"AWS": HOME}, **when("sqs:k")), account=account)
        side.at(f"arn:aws:sqs:eu-west-1:{OTHER}:closed", account=OTHER)
    found = rows(old, new)
    assert [one.request["resource"] == FAR for one in found] == ([False, True] if account == OTHER else [False])
    assert all(one.depends_on == () for one in found)
    assert rows(new, new) == []


def test_a_known_policy_that_does_not_let_in_is_no_open_question() -> None:
    new = Side(allow(SEND, FAR), allow("kms:Decrypt", KEY))
    new.at(FAR, allow(RECEIVE, **TO_ALL), account=OTHER)
    new.at(KEY, allow("kms:*", Principal={"AWS": f"arn:aws:iam::{HOME}:role/other"}))
    old = Side().at(FAR, allow(RECEIVE, **TO_ALL), account=OTHER)
    old.at(KEY, allow("kms:*", Principal={"AWS": f"arn:aws:iam::{HOME}:role/other"}))
    assert rows(old, new) == []
    stops = deny("s3:*", Principal="*")
    # At home nothing is let in; a bucket of another account may let it in.
    (row,) = rows(Side(rcp=stops), Side(allow("s3:GetObject", BUCKETS), rcp=stops))
    assert row.request["resource_account"] != HOME
    assert "which belongs to account" in row.depends_on[0]


def test_the_account_of_a_foreign_resource_is_not_taken_for_the_own() -> None:
    (one,) = rows(Side(), Side(allow(SEND, f"arn:aws:sqs:*:{OTHER}:*", **when("aws:ResourceAccount", OTHER))))
    assert one.request["resource_account"] == OTHER
    assert one.depends_on
    assert rows(Side(), Side(allow(SEND, f"arn:aws:sqs:*:{HOME}:*", **when("aws:ResourceAccount", OTHER)))) == []


@pytest.mark.parametrize("action", [SEND, "s3:GetObject"])
@pytest.mark.parametrize(
    ("condition", "account"),
    [
        ({"StringEquals": {"aws:ResourceAccount": OTHER}}, OTHER),
        ({"StringNotEquals": {"aws:ResourceAccount": HOME}}, ""),
        ({"StringNotEquals": {"aws:ResourceAccount": [HOME, "${aws:PrincipalAccount}"]}}, ""),
        ({"StringLike": {"aws:ResourceAccount": "33*"}}, "33"),
    ],
)
def test_a_grant_for_resources_of_other_accounts_depends_on_them(action: str, condition: Said, account: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    (row,) = rows(Side(), Side(allow(action, Condition=condition)))
    owner = row.request["resource_account"]
    assert owner != HOME
    assert owner.startswith(account)
    assert row.request["context"]["aws:resourceaccount"] == owner
    assert row.request["resource"].split(":")[4] in ("", owner)
    assert row.depends_on == (
        f"whether the policy of {row.request['resource']}, which belongs to account {owner}, lets {ROLE} in",
    )


def test_an_account_that_no_number_is_is_a_gap_and_no_answer() -> None:
    odd = {"Condition": {"StringLike": {"aws:ResourceAccount": "account-*"}}}
    found = difference(Side().set, Side(allow("s3:GetObject", **odd)).set)
    assert found.found == []
    assert any("no request was found, nor that none is" in gap for gap in found.gaps)


def test_a_bucket_that_is_known_is_its_owners() -> None:
    """A condition on the account of a resource is asked of who owns a known bucket, not of anybody."""
    elsewhere = {"Condition": {"StringNotEquals": {"aws:ResourceAccount": HOME}}}
    old, new = Side(), Side(allow("s3:GetObject", "arn:aws:s3:::mine/*", **elsewhere))
    for side in (old, new):
        side.at("arn:aws:s3:::mine", tags=())
    assert rows(old, new) == []


def test_nobody_reaches_resources_of_another_partition() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""
    stop = deny("*", "arn:aws:*")
    assert rows(Side(stop), Side(allow([SEND, "s3:GetObject"]), stop)) == []


def test_what_may_have_been_allowed_before_depends() -> None:
    (one,) = [row for row in rows(Side(unknown="policy X"), Side(allow(SEND))) if row.service == "sqs"]
    assert any("policy X" in text for text in one.depends_on)


def test_a_resource_that_changes_hands_or_tags() -> None:
    red = allow(SEND, **TO_ROLE, **when("aws:ResourceTag/kind", "red"))
    old, new = (Side().at(QUEUE, red, tags=(("kind", kind),)) for kind in ("blue", "red"))
    assert told(rows(old, new)) == [[SEND]]
    assert rows(new, old) == []
    bucket = "arn:aws:s3:::b"
    grant = allow("s3:GetObject", "arn:aws:s3:::b/*", **TO_ROLE)
    old, new = (Side().at(bucket, grant, account=account) for account in (OTHER, HOME))
    assert told(rows(old, new)) == [["s3:GetObject"]]
    assert rows(new, old) == []
    assert told(rows(Side(), Side().at(QUEUE, allow(SEND, **TO_ROLE)))) == [[SEND]]


def test_a_resource_whose_limit_is_lifted() -> None:
    bucket, stops = "arn:aws:s3:::b", deny("s3:*", Principal="*")
    grant = allow("s3:GetObject", **TO_ROLE)
    old, new = Side(rcp=stops).at(bucket, grant), Side().at(bucket, grant)
    (one,) = rows(old, new)
    assert told([one]) == [["s3:GetObject"]]
    assert one.request["resource"].startswith(f"{bucket}/")
    assert rows(new, new) == []


def test_a_limit_that_is_lifted_where_a_resource_decides_otherwise() -> None:
    stops = deny("s3:*", Principal="*")
    first = rows(Side(allow("s3:GetObject", BUCKETS), rcp=stops), Side(allow("s3:GetObject", BUCKETS)))[0].request[
        "resource"
    ]
    bucket = first.partition("/")[0]
    old, new = Side(allow("s3:GetObject", BUCKETS), rcp=stops), Side(allow("s3:GetObject", BUCKETS))
    for side in (old, new):
        side.at(bucket, deny("s3:*", **TO_ALL))
    (one,) = rows(old, new)
    assert not one.request["resource"].startswith(f"{bucket}/")


def test_a_limit_of_keys_and_roles_is_looked_at_with_their_own_policies() -> None:
    stops = deny(["kms:*", "sts:*", "ec2:*"], Principal="*")
    held = (allow("kms:Decrypt"), allow("sts:AssumeRole"), allow("ec2:RunInstances"))
    assert rows(Side(*held, rcp=stops), Side(*held)) == []


def test_a_key_inside_that_decides_for_itself_is_left_out() -> None:
    bucket = "arn:aws:s3:::b"
    grant = allow("s3:GetObject", **TO_ROLE)
    first = rows(Side().at(bucket), Side().at(bucket, grant))[0].request["resource"]
    old, new = Side().at(bucket), Side().at(bucket, grant)
    for side in (old, new):
        side.at(first)
    (one,) = rows(old, new)
    assert one.request["resource"] != first
    assert one.request["resource"].startswith(f"{bucket}/")


def test_objects_are_asked_for_as_objects() -> None:
    (one,) = [
        row
        for row in rows(Side(), Side().at("arn:aws:s3:::b", allow("s3:GetObject", **TO_ROLE)))
        if row.principal == ROLE
    ]
    assert one.request["resource"].startswith("arn:aws:s3:::b/")


def test_whoever_enters_a_role_may_do_what_is_to_come() -> None:
    target = f"arn:aws:iam::{HOME}:role/target"
    trust = {"Effect": "Allow", "Action": "sts:*", **TO_ROLE}
    found = rows(Side().at(target), Side().at(target, trust))
    actions = {action.spelled for one in found for action in one.actions}
    assert {"sts:AssumeRole", "sts:FutureAction"} <= actions
    assert all(one.request["resource"] == target for one in found)


def test_a_name_with_a_role_in_it_is_of_its_own_service() -> None:
    secret = f"arn:aws:secretsmanager:eu-west-1:{HOME}:secret:role/app-AbCdEf"
    read = "secretsmanager:GetSecretValue"
    assert told(rows(Side().at(secret), Side().at(secret, allow(read, **TO_ROLE)))) == [[read]]


def test_the_same_is_told_once_and_another_thing_by_itself() -> None:
    bucket = "arn:aws:s3:::b"
    both = rows(Side(), Side(allow("s3:PutObject")).at(bucket, allow("s3:PutObject", **TO_ROLE)))
    assert told(both) == [["s3:PutObject"]]
    apart = rows(
        Side(),
        Side(allow("s3:PutObject", "arn:aws:s3:::a/*")).at(
            bucket, allow("s3:PutObject", "arn:aws:s3:::b/*", **TO_ROLE)
        ),
    )
    assert told(apart) == [["s3:PutObject"], ["s3:PutObject"]]
    assert {one.request["resource"].partition("/")[0] for one in apart} == {"arn:aws:s3:::a", bucket}


def test_of_a_resource_only_what_its_policy_grants_is_asked() -> None:
    stop = deny(RECEIVE, **TO_ALL, **when("sqs:c"))
    old = Side().at(QUEUE, stop)
    new = Side(allow(RECEIVE, **when("sqs:a"))).at(QUEUE, stop, allow(SEND, **TO_ROLE))
    assert sorted(told(rows(old, new))) == [[RECEIVE], [SEND]]


def test_a_policy_of_a_resource_that_is_not_known_is_open() -> None:
    new = Side()
    new.set.holding(Holding(QUEUE, HOME, (new.set.unknown_policy("it is computed"),)))
    found = rows(Side().at(QUEUE, deny("s3:*", **TO_ALL)), new)
    assert {one.principal for one in found} <= {"anonymous", ROLE}
    assert all(any("it is computed" in text for text in one.depends_on) for one in found)
    known = Side().at(QUEUE, deny(SEND, **TO_ALL))
    assert rows(Side().at(QUEUE, deny(RECEIVE, **TO_ALL)), known) == []


def test_whom_a_policy_of_a_resource_means() -> None:
    everybody_but = {"NotPrincipal": {"AWS": OTHER}}
    found = rows(Side().at(QUEUE), Side().at(QUEUE, allow(SEND, **everybody_but)))
    assert {one.principal for one in found} >= {ROLE, "anonymous"}
    held = allow("kms:Decrypt")
    before = {"AWS": f"arn:aws:iam::{HOME}:role/other"}
    found = rows(
        Side(held).at(KEY, allow("kms:*", Principal=before)),
        Side(held).at(KEY, allow("kms:*", Principal={"AWS": HOME})),
    )
    assert ROLE in {one.principal for one in found if not one.depends_on}
    far = Side().set
    assert far.entities.keys() == {ROLE}


def test_of_many_principals_some_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    grant = allow(SEND, Principal={"AWS": [ROLE, f"arn:aws:iam::{HOME}:role/b"]})
    for most, gaps in ((1, 1), (2, 0)):
        monkeypatch.setattr(module, "_MOST_ENTITIES", most)
        found = difference(Side().at(QUEUE).set, Side().at(QUEUE, grant).set)
        assert len(found.gaps) == gaps
        assert ROLE in {one.principal for one in found.found}


@pytest.mark.parametrize(("count", "more"), [(7, False), (8, False), (9, True), (12, True)])
def test_many_parts_are_told_to_be_more(count: int, more: bool) -> None:
    (one,) = rows(Side(), Side(allow("s3:GetObject", [f"arn:aws:s3:::b{n}/*" for n in range(count)])))
    assert len(one.parts) == min(count, 8)
    assert one.more_parts is more


def test_how_conditions_of_a_part_are_read() -> None:
    address = {"Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "Bool": {"aws:SecureTransport": "true"}}}
    (one,) = rows(Side(), Side(allow("s3:GetObject", "arn:aws:s3:::b/${aws:userid}/*", **address)))
    (part,) = one.parts
    assert part.resources == ("arn:aws:s3:::b/${aws:userid}/*",)
    assert set(part.conditions) == {"not: aws:SourceIp in 10.0.0.0/8", "aws:SecureTransport = true"}


def test_an_action_that_a_resource_gave_already_is_left_out_of_the_row() -> None:
    old = Side().at(QUEUE, allow(RECEIVE, **TO_ROLE))
    new = Side(allow([SEND, RECEIVE], QUEUE)).at(QUEUE, allow(RECEIVE, **TO_ROLE))
    assert told(rows(old, new)) == [[SEND]]


@pytest.mark.parametrize("gave", [SEND, RECEIVE])
def test_a_policy_of_a_resource_that_is_gone_gave_only_what_it_gave(gave: str) -> None:
    """The resource is known to the old side alone: what its policy did not give is new."""
    old = Side().at(QUEUE, allow(gave, **TO_ROLE))
    new = Side(allow([SEND, RECEIVE], QUEUE))
    assert {name for names in told(rows(old, new)) for name in names} == {SEND, RECEIVE} - {gave}


def test_a_bucket_that_is_gone_is_left_out_with_all_that_was_in_it() -> None:
    get = "s3:GetObject"
    old = Side().at("arn:aws:s3:::b", allow(get, **TO_ROLE))
    new = Side(allow(get, ["arn:aws:s3:::b/*", "arn:aws:s3:::a-longer-name/*"]))
    (row,) = rows(old, new)
    assert row.request["resource"].startswith("arn:aws:s3:::a-longer-name/")


def test_nothing_is_told_twice_where_no_limit_has_changed() -> None:
    (row,) = rows(Side(), Side(allow(["s3:GetObject", "s3:ListBucket"], **when("aws:ResourceAccount", HOME))))
    assert {action.spelled for action in row.actions} == {"s3:GetObject", "s3:ListBucket"}


def test_a_grant_that_moves_to_buckets_of_another_account() -> None:
    """Each side judges the request as one to that account."""
    here, there = (allow("s3:GetObject", BUCKETS, **when("aws:ResourceAccount", account)) for account in (HOME, OTHER))
    (row,) = rows(Side(here), Side(there))
    assert row.request["resource_account"] == OTHER
    assert row.depends_on


def test_a_limit_that_is_lifted_where_a_bucket_denies_whatever_is_in_it() -> None:
    stops = deny("s3:*", Principal="*")
    sides = []
    for limit in (stops, None):
        side = Side(allow("s3:GetObject", ["arn:aws:s3:::b/*", "arn:aws:s3:::a-longer-name/*"]), rcp=limit)
        sides.append(side.at("arn:aws:s3:::b", deny("s3:*", **TO_ROLE)))
    (row,) = [one for one in rows(*sides) if not one.depends_on]
    assert row.request["resource"].startswith("arn:aws:s3:::a-longer-name/")


def test_a_search_that_saw_everything_is_no_gap() -> None:
    """At home there is nothing for certain, which is known; abroad there is something."""
    found = difference(Side().set, Side(allow(SEND, FAR)).set)
    assert len(found.found) == 1
    assert found.gaps == []
