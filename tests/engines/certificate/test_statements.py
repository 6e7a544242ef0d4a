"""Statements: which actions, resources and principals they cover."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.identity import MalformedPolicyError, MalformedRequestError, document
from tests.engines.certificate.asking import (
    ACCOUNT,
    FEDERATED,
    OTHER,
    ROLE,
    ROOT,
    SESSION,
    USER,
    allow,
    ask,
    effect,
    grant,
    policy,
    statement,
)


def covers(action: Any, asked: str = "s3:GetObject") -> bool:
    return effect(action=asked, identity=[allow(action)]) == "allowed"


def reaches(pattern: Any, target: str, context: dict[str, Any] | None = None, version: str = "2012-10-17") -> bool:
    document = policy(statement(resource=pattern), version=version)
    return effect(target=target, identity=[document], context=context) == "allowed"


@pytest.mark.parametrize(
    "pattern", ["s3:GetObject", "S3:getobject", "s3:*", "*", "*:*", "s3:Get?bject", "s3:G*t", "s3:*Object*"]
)
def test_actions_that_are_covered(pattern: str) -> None:
    assert covers(pattern)
    assert covers(["ec2:Run*", pattern])
    assert effect(identity=[policy(statement(action=None, NotAction=pattern))]) == "implicitly_denied"


@pytest.mark.parametrize(
    "pattern", ["s3:GetObjects", "s3:Get", "ec2:*", "s3", "s3*", "Get*", "s3:Get?Object", "", "s3:get-object"]
)
def test_actions_that_are_not_covered(pattern: str) -> None:
    assert not covers(pattern)
    assert effect(identity=[policy(statement(action=None, NotAction=pattern))]) == "allowed"


def test_an_action_without_a_service_is_noted() -> None:
    assert "Get* is no action and means nothing: write service:action" in ask(identity=[allow("Get*")]).notes


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ("*", "*"),
        ("*", "arn:aws:s3:::b"),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/"),
        ("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/1///test///o.jpg"),
        ("arn:aws:s3:::b/????/x", "arn:aws:s3:::b/2024/x"),
        ("arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:eu-west-1:111122223333:q"),
    ],
)
def test_resources_that_are_covered(pattern: str, target: str) -> None:
    assert reaches(pattern, target)
    excluded = policy(statement(resource=None, NotResource=pattern))
    assert effect(target=target, identity=[excluded]) == "implicitly_denied"


@pytest.mark.parametrize(
    ("pattern", "target"),
    [
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b"),
        ("arn:aws:s3:::B/*", "arn:aws:s3:::b/x"),
        ("arn:aws:s3:::b/*/test/*", "arn:aws:s3:::b/test/o.jpg"),
        ("arn:aws:s3:::*", "*"),
        ("arn:aws:s3:::b?", "arn:aws:s3:::b"),
    ],
)
def test_resources_that_are_not_covered(pattern: str, target: str) -> None:
    assert not reaches(pattern, target)
    excluded = policy(statement(resource=None, NotResource=pattern))
    assert effect(target=target, identity=[excluded]) == "allowed"


def test_a_star_runs_past_colons() -> None:
    log = "arn:aws:logs:eu-west-1:111122223333:log-group:/app/web:log-stream:one"
    for pattern in ("arn:*", "arn:aws:logs:*", "arn:aws:logs:*:*:log-group:/app/*", "arn:aws:logs:*:log-stream:one"):
        assert reaches(pattern, log), pattern
    assert reaches("arn:aws:s3:::b/*.txt", "arn:aws:s3:::b/2024-01-01T00:00:00.txt")


def test_patterns_of_managed_policies() -> None:
    acl = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/front/0a1b"
    assert reaches("arn:aws:wafv2:*:*:*/webacl/*/*", acl)
    assert not reaches("arn:aws:wafv2:*:*:*/ipset/*/*", acl)
    assert reaches("arn:aws:ec2:*:*:*/*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1")
    assert reaches("arn:aws:ec2:*:*:security-group*/*", "arn:aws:ec2:eu-west-1:111122223333:security-group-rule/sgr-1")
    group = "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0a1b:autoScalingGroupName/eks-web"
    assert reaches("arn:aws:autoscaling:*:*:*:autoScalingGroupName/eks-*", group)


def test_variables_are_values_and_never_wildcards() -> None:
    mine = "arn:aws:s3:::b/${aws:username}/*"
    assert reaches(mine, "arn:aws:s3:::b/ana/x", {"aws:username": "ana"})
    assert reaches(mine, "arn:aws:s3:::b/ana/x", {"AWS:UserName": "ana"})
    assert not reaches(mine, "arn:aws:s3:::b/ana/x", {"aws:username": "*"})
    assert reaches(mine, "arn:aws:s3:::b/*/x", {"aws:username": "*"})
    # A key with several values is no variable: nothing stands for it, not even one of them.
    for name in ("ana", "bo", "x"):
        assert not reaches(mine, f"arn:aws:s3:::b/{name}/x", {"aws:username": ["ana", "bo"]})


def test_variables_stand_behind_the_fifth_colon_only() -> None:
    assert not reaches("arn:aws:s3:::${aws:username}/x", "arn:aws:s3:::ana/x", {})
    assert reaches("arn:aws:s3:::${aws:username}/x", "arn:aws:s3:::ana/x", {"aws:username": "ana"})
    pattern = "arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:q"
    assert not reaches(pattern, f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q", {"aws:PrincipalAccount": ACCOUNT})


def test_a_default_stands_in_for_a_missing_value() -> None:
    pattern = "arn:aws:s3:::b-${aws:PrincipalTag/team, 'company-wide'}"
    assert reaches(pattern, "arn:aws:s3:::b-company-wide")
    assert reaches(pattern, "arn:aws:s3:::b-red", {"aws:PrincipalTag/team": "red"})
    assert not reaches(pattern, "arn:aws:s3:::b-company-wide", {"aws:PrincipalTag/team": "red"})


def test_special_characters_are_themselves() -> None:
    assert reaches("arn:aws:s3:::b/${*}${?}${$}", "arn:aws:s3:::b/*?$")
    assert not reaches("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x")
    condition = {"StringLike": {"s3:prefix": "r${*}d"}}
    for said, expected in (("r*d", "allowed"), ("red", "implicitly_denied")):
        assert effect(identity=[allow(Condition=condition)], context={"s3:prefix": said}) == expected
    condition = {"StringEquals": {"s3:prefix": "r${*}d"}}
    assert effect(identity=[allow(Condition=condition)], context={"s3:prefix": "r*d"}) == "allowed"


def test_variables_of_an_old_document_are_text() -> None:
    pattern = "arn:aws:s3:::b/${aws:username}"
    assert not reaches(pattern, "arn:aws:s3:::b/ana", {"aws:username": "ana"}, version="2008-10-17")
    assert reaches(pattern, "arn:aws:s3:::b/${aws:username}", {"aws:username": "ana"}, version="2008-10-17")
    document = {"Statement": statement(resource=pattern)}
    assert effect(target="arn:aws:s3:::b/ana", identity=[document], context={"aws:username": "ana"}) != "allowed"


def test_a_variable_without_a_value() -> None:
    pattern = "arn:aws:s3:::b/${aws:username}*"
    assert not reaches(pattern, "arn:aws:s3:::b/ana")
    excluded = policy(statement(resource=None, NotResource=pattern))
    assert effect(target="arn:aws:s3:::b/ana", identity=[excluded]) == "allowed"
    context = {"s3:ExistingObjectTag/Team": "red"}
    value = "${aws:PrincipalTag/Team}"
    for operator, expected in (("StringEquals", "implicitly_denied"), ("StringNotEquals", "allowed")):
        document = allow(Condition={operator: {"s3:ExistingObjectTag/Team": value}})
        assert effect(identity=[document], context=context) == expected


@pytest.mark.parametrize(
    ("named", "who"),
    [
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:role/path/to/app"}, SESSION),
        ({"AWS": [USER, ROLE]}, ROLE),
        ({"AWS": "*"}, "lambda.amazonaws.com"),
        ({"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, "lambda.amazonaws.com"),
        ({"Federated": "accounts.google.com"}, "accounts.google.com"),
        ({"CanonicalUser": "ab" * 32}, "ab" * 32),
    ],
)
def test_principals_that_are_meant(named: Any, who: str) -> None:
    assert effect(who, resource=grant(named)) == "allowed"


@pytest.mark.parametrize(
    ("named", "who"),
    [
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/*"}, USER),
        ({"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/app/*"}, SESSION),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/Ana"}, USER),
        ({"AWS": f"arn:aws:iam::{OTHER}:role/app"}, SESSION),
        ({"AWS": SESSION}, ROLE),
        ({"AWS": "AROA1234567890EXAMPLE"}, ROLE),
        ({"Service": "lambda.amazonaws.com"}, ROLE),
        ({"AWS": ROOT}, "lambda.amazonaws.com"),
        ({"CanonicalUser": "cd" * 32}, "ab" * 32),
        ({"Federated": "accounts.google.com"}, "www.amazon.com"),
    ],
)
def test_principals_that_are_not_meant(named: Any, who: str) -> None:
    assert effect(who, resource=grant(named)) == "implicitly_denied"


def test_a_canonical_user_is_some_account() -> None:
    found = ask(USER, account=OTHER, identity=[allow()], resource=grant({"CanonicalUser": "ab" * 32}))
    assert found.effect == "depends"
    assert found.condition == f"account {ACCOUNT} has the canonical user id {'ab' * 32}"


def test_a_federated_user_and_the_user_behind_it() -> None:
    assert effect(FEDERATED, resource=grant({"AWS": USER}), session=[allow()]) == "depends"
    assert effect(FEDERATED, resource=grant({"AWS": USER}), session=[allow("ec2:*")]) == "implicitly_denied"


def test_a_deny_of_the_account_or_the_role_means_its_sessions() -> None:
    for named in (ROOT, ACCOUNT, ROLE, SESSION, "*"):
        blocked = policy(statement("Deny", Principal={"AWS": named}))
        assert ask(SESSION, identity=[allow()], resource=blocked).blocked_by == "resource"
    spared = policy(statement("Deny", Principal={"AWS": USER}))
    assert effect(SESSION, identity=[allow()], resource=spared) == "allowed"


@pytest.mark.parametrize(
    ("who", "named", "expected"),
    [
        (USER, [USER, ROOT], "allowed"),
        (USER, [USER], "depends"),
        (USER, [ROOT], "depends"),
        (USER, [OTHER], "explicitly_denied"),
        (SESSION, [SESSION, ROLE, ROOT], "allowed"),
        (SESSION, [ROLE, ROOT], "depends"),
        (ROLE, [ROLE, ROOT], "allowed"),
        (ROOT, [ROOT], "allowed"),
    ],
)
def test_not_principal_with_deny(who: str, named: list[str], expected: str) -> None:
    resource = policy(statement("Deny", NotPrincipal={"AWS": named}))
    assert effect(who, identity=[allow()], resource=resource) == expected
    if who != ROOT:
        # A boundary makes such a statement hit whoever has it.
        assert effect(who, identity=[allow()], resource=resource, boundary=[allow()]) == "explicitly_denied"


def test_not_principal_with_allow() -> None:
    resource = policy(statement(NotPrincipal={"AWS": OTHER}))
    assert effect("anonymous", resource=resource) == "allowed"
    assert effect(USER, resource=resource) == "allowed"
    assert effect(f"arn:aws:iam::{OTHER}:user/bo", account=OTHER, resource=resource) == "implicitly_denied"
    assert effect(ROLE, resource=resource) == "allowed"
    assert effect(ROLE, resource=resource, boundary=[allow("ec2:*")]) == "depends"


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ([], ()),
        ({"Version": "2012-10-17"}, ()),
        ({"Statement": "x"}, ("Statement",)),
        ({"Version": "2020-01-01", "Statement": []}, ("Version",)),
        ({"Statement": [], "Statment": []}, ("Statment",)),
        (policy({"Effect": "allow", "Action": "*", "Resource": "*"}), ("Statement", 0, "Effect")),
        (policy({"Action": "*", "Resource": "*"}), ("Statement", 0)),
        (policy({"Effect": "Allow", "Resource": "*"}), ("Statement", 0)),
        (policy({"Effect": "Allow", "Action": "*"}), ("Statement", 0)),
        (policy(statement(NotAction="*")), ("Statement", 0, "NotAction")),
        (policy(statement(action=[["*"]])), ("Statement", 0, "Action", 0)),
        (policy(statement(action=7)), ("Statement", 0, "Action")),
        (policy(statement(Principal="*")), ("Statement", 0, "Principal")),
        (policy(statement(Actions="*")), ("Statement", 0, "Actions")),
        (policy(statement(Condition=[])), ("Statement", 0, "Condition")),
        (policy(statement(Condition={"StringIs": {"a": "b"}})), ("Statement", 0, "Condition", "StringIs")),
        (policy(statement(Condition={"ForEach:StringLike": {}, "ForEach:StringEquals": {"a": "b"}})),
         ("Statement", 0, "Condition", "ForEach:StringEquals")),
        (policy(statement(Condition={"Null": {"a": "b"}})), ("Statement", 0, "Condition", "Null", "a")),
        (policy(statement(Condition={"Bool": {"a": None}})), ("Statement", 0, "Condition", "Bool", "a")),
    ],
)  # fmt: skip
def test_what_aws_would_not_store_is_refused_with_its_place(document: Any, path: tuple[Any, ...]) -> None:
    with pytest.raises(MalformedPolicyError) as refused:
        ask(identity=[document])
    assert refused.value.path == ("policies", "identity", 0, *path)
    assert refused.value.problem.help


def test_a_resource_policy_names_principals() -> None:
    with pytest.raises(MalformedPolicyError, match="names a Principal"):
        ask(resource=allow())
    with pytest.raises(MalformedPolicyError, match="no type of principal"):
        ask(resource=grant({"Aws": "*"}))


def test_a_document_may_be_read_before() -> None:
    read = document(allow("s3:Get*"), "identity")
    assert effect(identity=[read]) == "allowed"
    assert ask(action="s3:PutObject", identity=[read]).blocked_by == "identity"
    with pytest.raises(MalformedPolicyError, match="another kind"):
        ask(boundary=[read])


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"who": "arn:aws:iam::1:user/x"}, "principal"),
        ({"who": f"arn:aws:iam::{ACCOUNT}:group/x"}, "principal"),
        ({"who": f"arn:aws:iam::{ACCOUNT}:user/*"}, "principal"),
        ({"who": f"arn:aws:sts::{ACCOUNT}:assumed-role/app"}, "principal"),
        ({"who": "root"}, "principal"),
        ({"action": "s3:Get*"}, "action"),
        ({"action": "GetObject"}, "action"),
        ({"target": ""}, "resource"),
        ({"account": "12"}, "resource_account"),
    ],
)
def test_requests_that_cannot_be(said: dict[str, str], path: str) -> None:
    with pytest.raises(MalformedRequestError) as refused:
        ask(**said)  # type: ignore[arg-type]
    assert refused.value.path == ("request", path)
