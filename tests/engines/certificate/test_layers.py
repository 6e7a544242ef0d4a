"""Layers: which policies have a say, and how they add up."""

from __future__ import annotations

from typing import Any

import pytest

from nephograph.identity import Decision, Policies, Request, decide, implied
from tests.engines.certificate.asking import (
    ACCOUNT,
    DEPLOY,
    FEDERATED,
    KEY,
    OBJECT,
    OTHER,
    ROLE,
    ROOT,
    SESSION,
    USER,
    allow,
    ask,
    deny,
    effect,
    grant,
    policy,
    statement,
)

READ = allow("s3:Get*", "arn:aws:s3:::data/*")
NOTHING = allow("ec2:*")


def test_nothing_is_allowed_by_itself() -> None:
    found = ask()
    assert (found.effect, found.blocked_by) == ("implicitly_denied", "identity")
    assert found.because == ("no statement of identity allows it",)


def test_an_identity_policy_allows_and_is_named() -> None:
    found = ask(identity=[NOTHING, policy(statement("Allow", "s3:Get*", Sid="Read"))])
    assert found.effect == "allowed"
    assert found.blocked_by is None
    assert found.because == ("identity allows: policies.identity[1].Statement[0] (Read)",)


@pytest.mark.parametrize("layer", ["identity", "boundary", "session", "endpoint"])
def test_an_explicit_deny_wins_in_any_layer(layer: str) -> None:
    layers: dict[str, Any] = {"identity": [READ], layer: [READ, deny("s3:*")]}
    found = ask(SESSION, **layers)
    assert (found.effect, found.blocked_by) == ("explicitly_denied", layer)


def test_an_explicit_deny_wins_on_a_resource_and_in_an_organization() -> None:
    blocked = policy(statement("Deny", Principal="*"), statement(Principal="*"))
    assert ask(identity=[READ], resource=blocked).blocked_by == "resource"
    assert ask(identity=[READ], scp=[[allow()], [allow(), deny()]]).blocked_by == "scp"
    assert ask(identity=[READ], rcp=[[], [deny(Principal="*")]]).blocked_by == "rcp"


def test_the_first_layer_that_blocks_is_named_and_all_are_listed() -> None:
    found = ask(identity=[NOTHING], boundary=[NOTHING], scp=[[NOTHING]])
    assert found.blocking == ("scp", "identity", "boundary")
    assert found.blocked_by == "scp"


def test_a_federated_user_has_what_its_session_policy_lets_through() -> None:
    assert effect(FEDERATED, identity=[READ], session=[READ]) == "allowed"
    # Opened without a session policy it has no permissions, save what a resource grants it.
    assert ask(FEDERATED, identity=[READ]).blocked_by == "session"
    assert effect(FEDERATED, resource=grant({"AWS": FEDERATED})) == "allowed"
    assert ask(FEDERATED, account=OTHER, identity=[READ], resource=grant("*")).blocked_by == "session"


def test_whoever_signs_may_ask_who_it_is() -> None:
    assert effect(USER, action="sts:GetCallerIdentity", target="*", identity=[deny()], scp=[[]]) == "allowed"
    assert effect("anonymous", action="sts:GetCallerIdentity", target="*") == "implicitly_denied"


@pytest.mark.parametrize("who", [USER, ROLE, SESSION, FEDERATED])
def test_one_account_takes_one_side(who: str) -> None:
    assert effect(who, identity=[READ], session=[READ]) == "allowed"
    assert effect(who, resource=grant("*")) == "allowed"
    assert effect(who, resource=grant({"AWS": who})) == "allowed"


@pytest.mark.parametrize("who", [USER, ROLE, SESSION])
@pytest.mark.parametrize("named", ["*", {"AWS": ACCOUNT}, {"AWS": ROOT}])
def test_two_accounts_take_both_sides(who: str, named: Any) -> None:
    assert effect(who, account=OTHER, identity=[READ], resource=grant(named)) == "allowed"
    assert ask(who, account=OTHER, identity=[READ]).blocked_by == "resource"
    assert ask(who, account=OTHER, resource=grant(named)).blocked_by == "identity"
    assert ask(who, account=OTHER, identity=[READ], resource=grant(named), boundary=[NOTHING]).blocked_by == "boundary"
    assert ask(who, account=OTHER, identity=[READ], resource=grant({"AWS": OTHER})).blocked_by == "resource"


def test_naming_the_account_passes_the_permission_on() -> None:
    assert ask(USER, resource=grant({"AWS": ROOT})).blocked_by == "identity"
    assert effect(USER, resource=grant({"AWS": ACCOUNT}), identity=[READ]) == "allowed"


@pytest.mark.parametrize(
    ("who", "named", "expected"),
    [
        (USER, {"AWS": USER}, "allowed"),
        (USER, "*", "allowed"),
        (USER, {"AWS": ROOT}, "implicitly_denied"),
        (ROLE, {"AWS": ROLE}, "implicitly_denied"),
        (SESSION, {"AWS": ROLE}, "implicitly_denied"),
        (SESSION, {"AWS": SESSION}, "allowed"),
        (SESSION, "*", "allowed"),
        (FEDERATED, {"AWS": FEDERATED}, "allowed"),
    ],
)
def test_what_a_boundary_does_not_limit(who: str, named: Any, expected: str) -> None:
    found = ask(who, resource=grant(named), boundary=[NOTHING])
    assert found.effect == expected
    # An explicit deny of the boundary always applies.
    assert ask(who, resource=grant(named), boundary=[allow(), deny()]).blocked_by == "boundary"


@pytest.mark.parametrize(
    ("who", "named", "expected"),
    [
        (SESSION, {"AWS": ROLE}, "implicitly_denied"),
        (SESSION, {"AWS": SESSION}, "allowed"),
        (SESSION, "*", "allowed"),
        (FEDERATED, {"AWS": FEDERATED}, "allowed"),
        (USER, {"AWS": USER}, "implicitly_denied"),
    ],
)
def test_what_session_policies_do_not_limit(who: str, named: Any, expected: str) -> None:
    found = ask(who, resource=grant(named), session=[NOTHING])
    assert found.effect == expected
    assert found.blocked_by == (None if expected == "allowed" else "session")


def test_boundary_and_session_cut_what_identity_policies_grant() -> None:
    assert ask(SESSION, identity=[READ], boundary=[NOTHING]).blocked_by == "boundary"
    assert ask(SESSION, identity=[READ], session=[NOTHING]).blocked_by == "session"
    assert effect(SESSION, identity=[READ], session=[NOTHING, READ], boundary=[READ]) == "allowed"
    assert ask(SESSION, boundary=[READ], session=[READ]).blocked_by == "identity"


def test_across_accounts_a_session_that_is_named_still_needs_its_own_side() -> None:
    assert ask(SESSION, account=OTHER, resource=grant({"AWS": SESSION})).blocked_by == "identity"
    assert (
        ask(SESSION, account=OTHER, resource=grant({"AWS": SESSION}), identity=[READ], session=[NOTHING]).blocked_by
        == "session"
    )


def test_every_level_of_scps_has_to_allow() -> None:
    assert effect(identity=[READ], scp=[]) == "allowed"
    assert effect(identity=[READ], scp=[[allow()], [NOTHING, READ]]) == "allowed"
    found = ask(identity=[READ], scp=[[allow()], [NOTHING], [allow()]])
    assert (found.effect, found.blocked_by) == ("implicitly_denied", "scp")
    assert found.because == ("no statement of scp level 1 allows it",)
    assert ask(identity=[READ], scp=[[allow()], []]).blocked_by == "scp"
    assert ask(USER, resource=grant({"AWS": USER}), scp=[[NOTHING]]).blocked_by == "scp"


def test_scps_do_not_restrict_service_linked_roles_services_and_strangers() -> None:
    linked = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
    assert effect(linked, identity=[READ], scp=[[]]) == "allowed"
    assert effect(f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSServiceRoleForX/s", identity=[READ], scp=[[]]) == "allowed"
    assert effect("lambda.amazonaws.com", resource=grant({"Service": "lambda.amazonaws.com"}), scp=[[]]) == "allowed"
    assert effect("anonymous", resource=grant("*"), scp=[[]]) == "allowed"


def test_rcps() -> None:
    no = deny("*", Principal="*")
    assert effect(identity=[READ], rcp=[]) == "allowed"
    assert effect(identity=[READ], rcp=[[], []]) == "allowed"
    assert effect(identity=[READ], rcp=[[deny("s3:Put*", Principal="*")]]) == "allowed"
    assert ask(identity=[READ], rcp=[[no]]).blocked_by == "rcp"
    assert ask("lambda.amazonaws.com", resource=grant("*"), rcp=[[no]]).blocked_by == "rcp"
    assert ask("anonymous", resource=grant("*"), rcp=[[no]]).blocked_by == "rcp"
    # Resources of other services, service-linked roles and the retiring of grants are not restricted.
    topic = f"arn:aws:sns:eu-west-1:{ACCOUNT}:t"
    assert effect(action="sns:Publish", target=topic, identity=[allow()], rcp=[[no]]) == "allowed"
    assert effect(action="kms:RetireGrant", target=KEY, resource=grant({"AWS": ROLE}), rcp=[[no]]) == "allowed"
    assert effect(action="kms:Decrypt", target=KEY, resource=grant({"AWS": ROLE}), rcp=[[no]]) == "explicitly_denied"
    linked = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
    trust = allow("sts:AssumeRole", None, Principal={"Service": "x.amazonaws.com"})
    assert effect("x.amazonaws.com", action="sts:AssumeRole", target=linked, resource=trust, rcp=[[no]]) == "allowed"
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSServiceRoleForX/x"
    plain = (f"arn:aws:iam::{ACCOUNT}:role/app/AppX", f"arn:aws:sts::{ACCOUNT}:assumed-role/AppX/x")
    for exempt, bound in zip((linked, session), plain, strict=True):
        assert effect(exempt, identity=[READ], rcp=[[no]]) == "allowed"
        assert effect(bound, identity=[READ], rcp=[[no]]) == "explicitly_denied"


def test_services_that_support_rcps() -> None:
    from nephograph.engines.certificate.services import RCP_SERVICES
    from nephograph.engines.identity import organization

    # Written down twice, because the evaluators share nothing.
    assert RCP_SERVICES == organization.RCP_SERVICES
    assert {"s3", "events", "wafv2", "codebuild"} <= RCP_SERVICES
    assert not {"lambda", "sns", "iam", "ec2"} & RCP_SERVICES


def test_an_endpoint_has_to_allow() -> None:
    assert ask(identity=[READ], endpoint=[allow("ec2:*", Principal="*")]).blocked_by == "endpoint"
    assert effect(identity=[READ], endpoint=[allow("s3:*", Principal="*")]) == "allowed"
    assert ask("anonymous", resource=grant("*"), endpoint=[NOTHING]).blocked_by == "endpoint"


def test_a_key_is_entered_by_its_policy() -> None:
    def key(who: str = ROLE, **layers: Any) -> Decision:
        return ask(who, action="kms:Decrypt", target=KEY, **layers)

    assert key(identity=[allow()]).blocked_by == "resource"
    assert key(identity=[allow()], resource=grant({"AWS": OTHER})).blocked_by == "resource"
    assert key(identity=[allow()], resource=grant({"AWS": ROOT})).effect == "allowed"
    assert key(resource=grant({"AWS": ROOT})).blocked_by == "identity"
    assert key(resource=grant({"AWS": ROLE})).effect == "allowed"
    assert key(resource=grant({"AWS": ROLE}), boundary=[NOTHING]).blocked_by == "boundary"
    assert key(ROOT, resource=grant({"AWS": ROOT})).effect == "allowed"
    assert key(ROOT).blocked_by == "resource"


def test_a_role_is_entered_by_its_trust_policy() -> None:
    def enter(who: str, trust: Any, **layers: Any) -> Decision:
        return ask(who, action="sts:AssumeRole", target=DEPLOY, resource=trust, **layers)

    def trusts(named: Any) -> dict[str, Any]:
        return allow("sts:AssumeRole", None, Principal=named)

    assert enter(USER, None, identity=[allow()]).blocked_by == "resource"
    assert enter(USER, trusts({"AWS": USER})).effect == "allowed"
    assert enter(USER, trusts({"AWS": ROOT})).blocked_by == "identity"
    assert enter(USER, trusts({"AWS": ROOT}), identity=[allow("sts:*")]).effect == "allowed"
    assert enter(f"arn:aws:iam::{OTHER}:user/bo", trusts({"AWS": OTHER}), identity=[allow()]).effect == "allowed"
    assert enter("lambda.amazonaws.com", trusts({"Service": "lambda.amazonaws.com"})).effect == "allowed"
    assert enter("ec2.amazonaws.com", trusts({"Service": "lambda.amazonaws.com"})).blocked_by == "resource"


EXTERNAL = {"StringEquals": {"sts:ExternalId": "0a1b"}}
SECOND = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


@pytest.mark.parametrize(
    ("condition", "met", "missed"),
    [
        (EXTERNAL, {"sts:ExternalId": "0a1b"}, {"sts:ExternalId": "2c3d"}),
        (SECOND, {"aws:MultiFactorAuthPresent": "true"}, {"aws:MultiFactorAuthPresent": "false"}),
        # A key of long standing carries no such key at all, and Bool is then not met.
        (SECOND, {"aws:MultiFactorAuthPresent": "true"}, {}),
    ],
)
def test_what_a_trust_policy_demands(condition: Any, met: dict[str, Any], missed: dict[str, Any]) -> None:
    trust = allow("sts:AssumeRole", None, Principal={"AWS": OTHER}, Condition=condition)
    for context, expected in ((met, "allowed"), (missed, "implicitly_denied")):
        who = f"arn:aws:iam::{OTHER}:user/bo"
        found = ask(who, action="sts:AssumeRole", target=DEPLOY, identity=[allow()], resource=trust, context=context)
        assert found.effect == expected


def test_roles_are_chained_by_what_the_session_may() -> None:
    """A session becomes the next role by the policies of its own role, within its session policies."""
    onward = allow("sts:AssumeRole", DEPLOY)

    def chained(named: Any, **layers: Any) -> str:
        trust = allow("sts:AssumeRole", None, Principal=named)
        return effect(SESSION, action="sts:AssumeRole", target=DEPLOY, resource=trust, **layers)

    assert chained({"AWS": ROOT}, identity=[onward]) == "allowed"
    assert chained({"AWS": ROLE}) == "allowed"
    assert chained({"AWS": SESSION}) == "allowed"
    assert chained({"AWS": ROOT}, identity=[onward], session=[NOTHING]) == "implicitly_denied"
    assert chained({"AWS": USER}, identity=[onward]) == "implicitly_denied"


def test_tagging_a_session_is_asked_of_both_sides() -> None:
    tagging = ["sts:AssumeRole", "sts:TagSession"]
    limit = {
        "StringEquals": {"aws:RequestTag/team": "red"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["team"], "sts:TransitiveTagKeys": ["team"]},
    }

    def tags(trust: Any, context: dict[str, Any]) -> str:
        said = {"action": "sts:TagSession", "target": DEPLOY, "context": context}
        return effect(identity=[allow(tagging, DEPLOY)], resource=trust, **said)

    red = {"aws:RequestTag/team": "red", "aws:TagKeys": ["team"], "sts:TransitiveTagKeys": ["team"]}
    named = {"AWS": ROOT}
    assert tags(allow("sts:AssumeRole", None, Principal=named), red) == "implicitly_denied"
    assert tags(allow(tagging, None, Principal=named), red) == "allowed"
    limited = allow(tagging, None, Principal=named, Condition=limit)
    assert tags(limited, red) == "allowed"
    assert tags(limited, {**red, "aws:TagKeys": ["team", "cost"]}) == "implicitly_denied"
    assert tags(limited, {**red, "sts:TransitiveTagKeys": ["team", "cost"]}) == "implicitly_denied"


def test_identity_providers_enter_by_trust_alone() -> None:
    github = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
    subject = "token.actions.githubusercontent.com:sub"
    condition = {"StringLike": {subject: "repo:acme/*"}}
    trust = allow("sts:AssumeRoleWithWebIdentity", None, Principal={"Federated": github}, Condition=condition)
    action = "sts:AssumeRoleWithWebIdentity"
    for said, expected in (("repo:acme/site:ref:x", "allowed"), ("repo:evil/acme/x", "implicitly_denied")):
        found = ask(github, action=action, target=DEPLOY, context={subject: said}, resource=trust, scp=[[]])
        assert found.effect == expected
    saml = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
    assert ask(saml, action=action, target=DEPLOY, resource=trust).blocked_by == "resource"


def test_unsigned_requests() -> None:
    assert effect("anonymous", resource=grant("*")) == "allowed"
    assert effect("anonymous", resource=grant({"AWS": "*"})) == "allowed"
    assert ask("anonymous", identity=[allow()]).blocked_by == "resource"
    assert ask("anonymous", resource=grant({"AWS": ACCOUNT})).blocked_by == "resource"
    found = ask("anonymous", action="kms:Decrypt", target=KEY, resource=grant("*"))
    assert (found.effect, found.because) == ("implicitly_denied", ("kms:Decrypt takes no unsigned request",))


def test_the_root_user() -> None:
    assert effect(ROOT) == "allowed"
    assert effect(ROOT, identity=[deny()]) == "allowed"
    assert ask(ROOT, scp=[[]]).blocked_by == "scp"
    assert ask(ROOT, resource=policy(statement("Deny", Principal={"AWS": ROOT}))).blocked_by == "resource"
    assert ask(ROOT, account=OTHER).blocked_by == "resource"
    assert effect(ROOT, account=OTHER, resource=grant({"AWS": ACCOUNT})) == "allowed"


def test_the_account_of_a_resource_is_the_arns_or_ones_own() -> None:
    mine = Policies(identity=[allow()])
    assert decide(Request(ROLE, "s3:GetObject", OBJECT), mine).effect == "allowed"
    queue = f"arn:aws:sqs:eu-west-1:{OTHER}:q"
    assert decide(Request(ROLE, "sqs:SendMessage", queue), mine).blocked_by == "resource"
    assert decide(Request(ROLE, "sqs:SendMessage", queue, ACCOUNT), mine).effect == "allowed"


def test_layers_are_told_in_awss_order() -> None:
    found = ask(identity=[READ], scp=[[allow()], [allow()]], boundary=[READ])
    assert [layer.name for layer in found.layers] == [
        "rcp", "scp level 0", "scp level 1", "resource", "identity", "boundary", "session", "endpoint",
    ]  # fmt: skip
    assert [layer.verdict for layer in found.layers] == [
        "none", "allows", "allows", "none", "allows", "allows", "none", "none",
    ]  # fmt: skip
    assert found.layers[4].statements[0].path == ("policies", "identity", 0, "Statement", 0)


def test_policies_that_have_no_say_are_named() -> None:
    found = ask("anonymous", identity=[allow()], resource=grant("*"))
    assert "identity: anonymous has no policies of this kind; its policies are not asked" in found.notes


def test_the_keys_a_request_implies() -> None:
    known = implied(Request(SESSION, "s3:GetObject", OBJECT, OTHER))
    assert known == {
        "aws:PrincipalArn": ROLE,
        "aws:PrincipalAccount": ACCOUNT,
        "aws:PrincipalType": "AssumedRole",
        "aws:PrincipalIsAWSService": "false",
        "aws:ResourceAccount": OTHER,
    }
    assert implied(Request(USER, "s3:GetObject"))["aws:username"] == "ana"
    assert implied(Request(ROOT, "s3:GetObject"))["aws:PrincipalType"] == "Account"
    assert "aws:PrincipalArn" not in implied(Request("anonymous", "s3:GetObject"))
    service = implied(Request("lambda.amazonaws.com", "s3:GetObject"))
    assert (service["aws:PrincipalIsAWSService"], service["aws:PrincipalServiceName"]) == (
        "true",
        "lambda.amazonaws.com",
    )
    document = allow(Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}})
    assert effect(SESSION, identity=[document]) == "implicitly_denied"
    assert effect(SESSION, identity=[document], context=implied(Request(SESSION, "s3:GetObject"))) == "allowed"
