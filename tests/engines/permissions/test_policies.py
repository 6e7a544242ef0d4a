"""Policy documents as statements, policies by number, what follows from who asks and of what, and cases to replay."""

from __future__ import annotations

from typing import Any

import pytest
from permission_worlds import HOME, OTHER

from nephograph.engines.permissions import services
from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import ABSENT
from nephograph.engines.permissions.document import EVERYBODY, MalformedError, Patterns, Policy, Statement, Use, read
from nephograph.engines.permissions.engine import Answer, Engine, Klass
from nephograph.engines.permissions.policyset import (
    Account,
    Entity,
    Holding,
    PolicySet,
    is_principal_key,
    principal_facts,
    resource_facts,
)
from nephograph.engines.permissions.replay import policies_of, request_of
from nephograph.engines.permissions.who import Named, Who, who

Said = dict[str, Any]
ALLOW: Said = {"Effect": "Allow", "Action": "S3:GetObject", "Resource": "*"}
ROLE, ANN = f"arn:aws:iam::{HOME}:role/a/app", f"arn:aws:iam::{HOME}:user/ann"
QUEUE = f"arn:aws:sqs:eu-west-1:{HOME}:q"


def document(*statements: Said, version: str = "2012-10-17") -> Said:
    return {"Version": version, "Statement": list(statements)}


def someone(text: str) -> Who:
    found = who(text)
    assert found is not None
    return found


def test_a_document_is_read_as_it_is_written() -> None:
    condition = {"StringLike": {"k:a": ["${aws:username}", "b"], "k:b": "c"}, "Bool": {"k:c": True}}
    said = {**ALLOW, "NotAction": ["S3:*", "S3:*"], "Sid": "one", "Condition": condition}
    del said["Action"]
    found = read(document(said, {"Effect": "Deny", "Action": "*", "NotResource": "arn:x", "Sid": 7}))
    assert found.sids == ("one", "")
    one, two = found.statements
    assert one == Statement(
        False,
        Patterns(("s3:*",), True),
        Patterns(("*",)),
        None,
        (
            Comparison("StringLike", "k:a", ("${aws:username}", "b"), True),
            Comparison("StringLike", "k:b", ("c",), False),
            Comparison("Bool", "k:c", ("true",), False),
        ),
        True,
    )
    assert (two.deny, two.resources) == (True, Patterns(("arn:x",), True))
    assert hash(found) == hash(
        read(document(said, {"Effect": "Deny", "Action": "*", "NotResource": "arn:x", "Sid": 7}))
    )
    old = read({"Statement": said}).statements[0]
    assert not old.expands
    assert not any(comparison.expands for comparison in old.conditions)
    assert read(document(ALLOW, version="2008-10-17")).statements[0].expands is False


def test_who_is_named_depends_on_the_kind_of_policy() -> None:
    assert read(document({**ALLOW, "Principal": "*"}), "resource").statements[0].principals == EVERYBODY
    assert read(document(ALLOW), "endpoint").statements[0].principals == EVERYBODY
    assert read(document(ALLOW), "rcp").statements[0].principals == EVERYBODY
    assert read(document(ALLOW), "scp").statements[0].principals is None
    named = read(document({**ALLOW, "NotPrincipal": {"AWS": HOME}}), "resource").statements[0].principals
    assert named == Named((("AWS", HOME),), True)
    without = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}
    assert read(document(without), "resource").statements[0].resources is None


WRONG: tuple[tuple[Any, Use, tuple[Any, ...]], ...] = (
    ([], "identity", ()),
    ({"Version": "2013"}, "identity", ("Version",)),
    (document(version="2012"), "identity", ("Version",)),
    ({"Statement": "x"}, "identity", ("Statement",)),
    ({"Statement": 7}, "identity", ("Statement",)),
    ({"Statement": [7]}, "identity", ("Statement", 0)),
    ({"Statement": {"Action": "*"}}, "identity", ("Statement",)),
    ({"Statement": {**ALLOW, "Effect": "allow"}}, "identity", ("Statement", "Effect")),
    (document(ALLOW, {"Effect": "Allow", "Resource": "*"}), "identity", ("Statement", 1)),
    (document({"Effect": "Allow", "Action": "*"}), "identity", ("Statement", 0)),
    (document({**ALLOW, "NotAction": "*"}), "identity", ("Statement", 0, "NotAction")),
    (document({**ALLOW, "NotResource": "*"}), "identity", ("Statement", 0, "NotResource")),
    (document({**ALLOW, "Action": 7}), "identity", ("Statement", 0, "Action")),
    (document({**ALLOW, "Action": ["*", True]}), "identity", ("Statement", 0, "Action")),
    (document({**ALLOW, "Principal": "*"}), "identity", ("Statement", 0, "Principal")),
    (document({**ALLOW, "NotPrincipal": "*"}), "boundary", ("Statement", 0, "NotPrincipal")),
    (document({**ALLOW, "Principal": "*"}), "scp", ("Statement", 0, "Principal")),
    (document(ALLOW), "resource", ("Statement", 0)),
    (document({**ALLOW, "Principal": "*", "NotPrincipal": "*"}), "resource", ("Statement", 0, "NotPrincipal")),
    (document({**ALLOW, "Condition": []}), "identity", ("Statement", 0, "Condition")),
    (document({**ALLOW, "Condition": {"Likes": {}}}), "identity", ("Statement", 0, "Condition", "Likes")),
    (document({**ALLOW, "Condition": {"Bool": []}}), "identity", ("Statement", 0, "Condition", "Bool")),
    (document({**ALLOW, "Condition": {"Bool": {"k": {}}}}), "identity", ("Statement", 0, "Condition", "Bool", "k")),
    (document({**ALLOW, "Condition": {"Null": {"k": "x"}}}), "identity", ("Statement", 0, "Condition", "Null", "k")),
    (
        document({**ALLOW, "Condition": {"Null": {"k": ["true", "x"]}}}),
        "identity",
        ("Statement", 0, "Condition", "Null", "k"),
    ),
)


@pytest.mark.parametrize(("said", "use", "path"), WRONG)
def test_what_is_malformed_is_said_with_its_place(said: Any, use: Use, path: tuple[Any, ...]) -> None:
    with pytest.raises(MalformedError) as found:
        read(said, use)
    assert found.value.path == path
    assert str(found.value)


def test_policies_are_one_by_content_and_name() -> None:
    policies = PolicySet()
    one = policies.policy(document(ALLOW))
    assert policies.policy(document({**ALLOW, "Action": "s3:getobject"})) == one
    assert policies.policy(document(ALLOW), name="x") != one
    assert policies.policy(document({**ALLOW, "Effect": "Deny"})) != one
    assert policies.documents is None
    open_ = policies.unknown_policy("why")
    assert policies.policies[open_] == Policy(unknown="why")
    assert policies.unknown_policy("why") == open_
    assert policies.unknown_policy("else") != open_
    other = read(document({**ALLOW, "Effect": "Deny"}))
    new = policies.unknown_policy("to be replaced")
    policies.replace(new, other)
    assert policies.policies[new] == other
    assert policies.unknown_policy("to be replaced") != new
    kept = PolicySet(keeps=True)
    number = kept.policy(document(ALLOW))
    assert kept.documents == {number: document(ALLOW)}


def test_what_policies_are_attached_to() -> None:
    policies = PolicySet()
    for arn in (ROLE, ANN, f"arn:aws:sts::{HOME}:federated-user/ann"):
        policies.entity(Entity(arn))
    for arn in (f"arn:aws:iam::{HOME}:root", f"arn:aws:iam::{HOME}:group/g", "x", "lambda.amazonaws.com"):
        with pytest.raises(ValueError, match="neither a user nor a role"):
            policies.entity(Entity(arn))
    assert policies.behind(someone(ROLE)) == Entity(ROLE)
    assert policies.behind(someone(f"arn:aws:sts::{HOME}:assumed-role/app/me")) == Entity(ROLE)
    assert policies.behind(someone(f"arn:aws:sts::{OTHER}:assumed-role/app/me")) is None
    assert policies.behind(someone(f"arn:aws:sts::{HOME}:assumed-role/ann/me")) is None
    assert policies.behind(someone(f"arn:aws:iam::{HOME}:root")) is None
    bucket, odd = Holding("arn:aws:s3:::b", HOME), Holding("arn:aws:sqs:eu:1:b", HOME)
    policies.holding(bucket)
    policies.holding(odd)
    assert policies.holder("arn:aws:s3:::b/x/y") == bucket
    assert policies.holder("arn:aws:s3:::b") == bucket
    assert policies.holder("arn:aws:s3:::bx/x") is None
    assert policies.holder("arn:aws:sqs:eu:1:b/x") is None
    assert policies.holder("*") is None
    assert len({bucket, Holding("arn:aws:s3:::b", HOME)}) == 1
    assert len({Entity(ROLE), Entity(ROLE)}) == 1
    assert len({Account(HOME), Account(HOME)}) == 1


def test_what_follows_from_who_asks() -> None:
    account = Account(HOME, organization="o-1")
    entity = Entity(ROLE, tags=(("Team", "red"),))
    session = someone(f"arn:aws:sts::{HOME}:assumed-role/app/me")
    assert principal_facts(session, entity, account) == {
        "aws:principalisawsservice": ("false",),
        "aws:principalarn": (ROLE,),
        "aws:principalaccount": (HOME,),
        "aws:principaltype": ("AssumedRole",),
        "aws:username": ABSENT,
        "aws:principalorgid": ("o-1",),
        "aws:principaltag/team": ("red",),
    }
    facts = principal_facts(someone(ANN), None, Account(HOME, organization=""))
    assert facts["aws:username"] == ("ann",)
    assert facts["aws:principaltype"] == ("User",)
    assert facts["aws:principalorgid"] is ABSENT
    assert facts["aws:principalarn"] == (ANN,)
    assert "aws:principalorgid" not in principal_facts(someone(ANN), None, Account(HOME))
    assert "aws:principalorgid" not in principal_facts(someone(ANN), None, None)
    assert principal_facts(someone("sns.amazonaws.com"), None, None) == {
        "aws:principalisawsservice": ("true",),
        "aws:principalservicename": ("sns.amazonaws.com",),
    }
    assert principal_facts(someone("anonymous"), None, None) == {"aws:principalisawsservice": ("false",)}
    root = principal_facts(someone(f"arn:aws:iam::{HOME}:root"), None, account)
    assert root["aws:principaltype"] == ("Account",)
    assert "aws:username" not in root
    federated = principal_facts(someone(f"arn:aws:sts::{HOME}:federated-user/x"), None, account)
    assert federated["aws:principaltype"] == ("FederatedUser",)
    assert "aws:username" not in federated


def test_what_follows_from_what_is_asked_of() -> None:
    held = Holding(QUEUE, HOME, (), (("Kind", "red"),))
    assert resource_facts(held, HOME, Account(HOME, organization="o-1")) == {
        "aws:resourceaccount": (HOME,),
        "aws:resourceorgid": ("o-1",),
        "aws:resourcetag/kind": ("red",),
    }
    assert resource_facts(None, "", None) == {}
    assert resource_facts(Holding(QUEUE, HOME), HOME, Account(HOME, organization="")) == {
        "aws:resourceaccount": (HOME,),
        "aws:resourceorgid": ABSENT,
    }
    assert "aws:resourceorgid" not in resource_facts(held, HOME, Account(HOME))
    assert "aws:resourceorgid" not in resource_facts(held, HOME, None)
    assert [is_principal_key(key) for key in ("aws:principaltag/a", "aws:username", "aws:userid", "s3:prefix")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "resource", "entered"),
    [
        ("kms", f"arn:aws:kms:eu-west-1:{HOME}:key/k", True),
        ("kms", f"arn:aws:kms:eu-west-1:{HOME}:alias/k", False),
        ("kms", "*", False),
        ("s3", f"arn:aws:kms:eu-west-1:{HOME}:key/k", False),
        ("sts", ROLE, True),
        ("sts", ANN, False),
        ("iam", ROLE, False),
        ("kms", ROLE, False),
        ("sts", f"arn:aws:kms:eu-west-1:{HOME}:key/k", False),
    ],
)
def test_what_is_entered_by_its_own_policy(service: str, resource: str, entered: bool) -> None:
    assert services.entered_by_policy(service, resource) is entered


def test_services_with_rules_of_their_own() -> None:
    linked = f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
    assert services.restricted_by_rcp("s3", "getobject", "arn:aws:s3:::a")
    assert not services.restricted_by_rcp("ec2", "runinstances", "*")
    assert not services.restricted_by_rcp("kms", "retiregrant", "*")
    assert services.restricted_by_rcp("kms", "decrypt", "*")
    assert services.restricted_by_rcp("s3", "retiregrant", "*")
    assert services.restricted_by_rcp("sts", "assumerole", ROLE)
    assert not services.restricted_by_rcp("sts", "assumerole", linked)
    assert services.restricted_by_rcp("s3", "getobject", linked)
    assert services.unsigned("s3", "getobject")
    assert not services.unsigned("kms", "decrypt")
    assert not services.unsigned("sts", "assumerole")
    assert services.unsigned("sts", "assumerolewithwebidentity")
    assert services.needs_nothing("sts", "getcalleridentity")
    assert not services.needs_nothing("sts", "assumerole")
    assert not services.needs_nothing("s3", "getcalleridentity")


def replayable(version: str = "2012-10-17") -> tuple[Engine, dict[str, Said]]:
    policies = PolicySet(keeps=True)
    full, deny = document(ALLOW), document({**ALLOW, "Effect": "Deny"})
    own = document({**ALLOW, "Principal": "*"})
    more = {"Version": version, "Statement": {**ALLOW, "Principal": {"AWS": HOME}}}
    scp, rcp = policies.policy(full, "scp"), policies.policy({**own}, "rcp")
    policies.account(Account(HOME, ((scp,),), ((rcp,),), "o-1"))
    policies.entity(Entity(ROLE, (policies.policy(full),), (policies.policy(deny, "boundary"),)))
    held = (policies.policy(own, "resource"), policies.policy(more, "resource"))
    policies.holding(Holding(QUEUE, HOME, held))
    policies.holding(Holding(f"{QUEUE}1", HOME, held[:1]))
    return Engine(policies), {"full": full, "deny": deny, "own": own, "more": more}


def test_every_policy_that_bears_on_a_request() -> None:
    engine, said = replayable()
    one = someone(ROLE)
    found = policies_of(engine, one, "sqs:SendMessage", f"{QUEUE}1", HOME)
    assert found == {
        "identity": [said["full"]],
        "resource": said["own"],
        "boundary": [said["deny"]],
        "scp": [[said["full"]]],
        "rcp": [[said["own"]]],
    }
    both = policies_of(engine, one, "sqs:SendMessage", QUEUE, HOME)
    assert both is not None
    assert both["resource"]["Statement"] == [said["own"]["Statement"][0], said["more"]["Statement"]]
    none = policies_of(engine, someone("sns.amazonaws.com"), "sqs:SendMessage", "*", OTHER)
    assert none == {"identity": [], "resource": None, "boundary": [], "scp": [], "rcp": []}
    provider = policies_of(engine, someone(f"arn:aws:iam::{HOME}:saml-provider/x"), "sts:AssumeRole", "*", OTHER)
    assert provider is not None
    assert provider["scp"] == []


def test_what_cannot_be_replayed() -> None:
    engine, _ = replayable("2008-10-17")
    assert policies_of(engine, someone(ROLE), "sqs:SendMessage", QUEUE, HOME) is None  # of two versions
    assert policies_of(engine, someone(ROLE), "sqs:SendMessage", "*", HOME) is not None
    engine.set.entity(Entity(ROLE, (engine.set.unknown_policy("why"),)))
    assert policies_of(engine, someone(ROLE), "sqs:SendMessage", "*", HOME) is None
    kept_nothing = PolicySet()
    kept_nothing.entity(Entity(ROLE, (kept_nothing.policy(document(ALLOW)),)))
    assert policies_of(Engine(kept_nothing), someone(ROLE), "sqs:SendMessage", "*", HOME) is None
    assert policies_of(Engine(kept_nothing), someone("anonymous"), "sqs:SendMessage", "*", HOME) is not None


def test_a_request_holds_what_is_known_and_what_was_chosen() -> None:
    engine, _ = replayable()
    chosen = {"k:one": ("a",), "k:many": ("a", "b"), "aws:principalarn": ("not this",)}
    found = request_of(engine, someone(ROLE), "sqs:SendMessage", QUEUE, HOME, chosen)
    context = found.pop("context")
    assert found == {"principal": ROLE, "action": "sqs:SendMessage", "resource": QUEUE, "resource_account": HOME}
    assert (context["k:one"], context["k:many"], context["aws:principalarn"]) == ("a", ["a", "b"], ROLE)
    assert "aws:username" not in context  # known to be absent
    assert list(context) == sorted(context)


def test_an_answer_in_words() -> None:
    policies = PolicySet()
    condition = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
    number = policies.policy(
        document(
            {**ALLOW, "Condition": condition, "Resource": "arn:aws:s3:::${aws:userid}"}, {**ALLOW, "Effect": "Deny"}
        )
    )
    only = policies.policy(document({**ALLOW, "Condition": condition, "Resource": "arn:aws:s3:::${aws:userid}"}))
    open_ = policies.unknown_policy("it is computed")
    policies.entity(Entity(ANN, (number,)))
    policies.entity(Entity(ROLE, (only,)))
    policies.entity(Entity(f"arn:aws:iam::{HOME}:role/open", (open_,)))
    engine = Engine(policies)
    assert engine.can(ANN, "s3:GetObject", "arn:aws:s3:::x").effect == "explicitly_denied"
    found = engine.can(ROLE, "s3:GetObject", "arn:aws:s3:::x")
    assert found.effect == "depends"
    assert found.depends_on == ("the resource matches arn:aws:s3:::${aws:userid}", "aws:SourceIp in 10.0.0.0/8")
    found = engine.can(f"arn:aws:iam::{HOME}:role/open", "s3:GetObject", "arn:aws:s3:::x")
    assert found.depends_on == ("whether it allows: it is computed", "whether it denies: it is computed")
    found = engine.can(f"arn:aws:iam::{HOME}:role/unseen", "s3:GetObject", "arn:aws:s3:::x")
    assert found.effect == "depends"
    assert "are not in the data" in found.depends_on[0]
    assert engine.can(ROLE, "sqs:SendMessage").effect == "implicitly_denied"
    with pytest.raises(ValueError, match="no principal"):
        engine.can("x", "s3:GetObject")
    with pytest.raises(ValueError, match="no action"):
        engine.can(ROLE, "s3")
    assert len({Answer("allowed"), Answer("allowed")}) == 1
    assert len({Klass(), Klass()}) == 1


def test_whose_a_resource_is() -> None:
    policies = PolicySet()
    policies.holding(Holding("arn:aws:s3:::b", OTHER))
    engine = Engine(policies)
    one = someone(ROLE)
    assert engine.owner(one, "arn:aws:s3:::b/x") == OTHER
    assert engine.owner(one, "arn:aws:s3:::b/x", HOME) == HOME
    assert engine.owner(one, "arn:aws:s3:::c") == HOME
    assert engine.owner(one, f"arn:aws:sqs:eu:{OTHER}:q") == OTHER
    assert engine.owner(someone("anonymous"), "*") == ""


def test_tags_of_a_resource_are_known_to_be_absent_or_not_known() -> None:
    policies = PolicySet()
    condition = {"StringEquals": {"aws:ResourceTag/kind": "red"}}
    number = policies.policy(document({**ALLOW, "Action": "sqs:*", "Condition": condition}))
    policies.entity(Entity(ROLE, (number,)))
    policies.holding(Holding(QUEUE, HOME, (), (("other", "x"),)))
    policies.holding(Holding(f"{QUEUE}1", HOME, (), None))
    policies.holding(Holding(f"{QUEUE}2", HOME, (), (("kind", "red"),)))
    engine = Engine(policies)
    effects = [engine.can(ROLE, "sqs:SendMessage", f"{QUEUE}{n}").effect for n in ("", "1", "2", "3")]
    assert effects == ["implicitly_denied", "depends", "allowed", "depends"]


def test_many_principals_are_forgotten_and_answered_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    from nephograph.engines.permissions import engine as module

    policies = PolicySet()
    full = policies.policy(document({**ALLOW, "Condition": {"StringLike": {"aws:PrincipalArn": "*:role/1*"}}}))
    names = [f"arn:aws:iam::{HOME}:role/{n}" for n in range(20)]
    for arn in names:
        policies.entity(Entity(arn, (full,)))
    monkeypatch.setattr(module, "_KEPT", 3)
    engine = Engine(policies)
    for _ in range(2):
        told = [engine.can(arn, "s3:GetObject", "*").effect == "allowed" for arn in names]
        assert told == [arn.partition("role/")[2].startswith("1") for arn in names]
        assert len(engine._facts) <= 3
        assert len(engine._classes) <= 3
