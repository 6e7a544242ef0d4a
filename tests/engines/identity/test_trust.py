"""Who becomes a role, who hands one on, and who may do everything."""

from __future__ import annotations

import pytest

from nephograph.engines.identity import Identity
from nephograph.engines.identity.administrators import administrators, is_administrator
from nephograph.engines.identity.trust import admits_strangers, federations, passable_roles, trusts

from .estates import AWAY, HOME, Builder, allow, deny, document, trust

GITHUB = "token.actions.githubusercontent.com"
PROVIDER = {"Federated": f"arn:aws:iam::{HOME}:oidc-provider/{GITHUB}"}
WEB = "sts:AssumeRoleWithWebIdentity"


def github(operator: str, *subjects: str, **more: str) -> dict:
    condition = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"} | more}
    if subjects:
        condition.setdefault(operator, {})[f"{GITHUB}:sub"] = list(subjects)
    return trust(PROVIDER, WEB, Condition=condition)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (github("StringLike", "repo:*"), "yes"),
        (github("StringLike", "*"), "yes"),
        (github("StringLike", "repo:*/*:ref:refs/heads/main"), "yes"),
        (github("StringLike", "repo:*:ref:refs/heads/main"), "yes"),
        (github("StringLike", "repo:*/deploy:*"), "yes"),
        (github("StringLike", "repo:acme*"), "yes"),
        (github("StringLike", "repo:acme*/app:*"), "yes"),
        (github("StringLike", "repo:acme-shop/*:environment:*", "repo:*"), "yes"),
        (github("StringLike"), "yes"),
        (github("StringLike", "repo:acme/*"), "no"),
        (github("StringLike", "repo:acme/app:*"), "no"),
        (github("StringEquals", "repo:acme/app:ref:refs/heads/main"), "no"),
        # A star under StringEquals is a character, and no subject has it.
        (github("StringEquals", "repo:*"), "no"),
        (github("StringLike", "repo:⟨var.repository⟩:*"), "depends"),
        (github("StringLike", "repo:*", **{f"{GITHUB}:repository_owner_id": "42"}), "depends"),
        (trust({"AWS": "*"}), "yes"),
        (trust({"AWS": "*"}, Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), "no"),
        (trust({"AWS": "*"}, Condition={"StringEquals": {"sts:ExternalId": "x"}}), "depends"),
        (trust({"AWS": HOME}), "no"),
        (trust({"Service": "ec2.amazonaws.com"}), "no"),
        (None, "no"),
    ],
)
def test_whether_strangers_become_the_role(policy, expected):
    build = Builder()
    role = build.role("deploy", trust=policy)
    assert admits_strangers(Identity(build.build()), role).answer == expected


def test_a_provider_is_told_with_its_subjects_and_an_example():
    build = Builder()
    role = build.role("deploy", trust=github("StringLike", "repo:acme*/app:*"))
    (found,) = federations(Identity(build.build()), role)
    assert (found.provider, found.subjects) == (GITHUB, ("repo:acme*/app:*",))
    assert found.example.startswith("repo:acme-stranger/app:")
    assert found.strangers.because[0].subject == role.urn


def test_a_provider_of_ones_own_is_a_question_to_it():
    build = Builder()
    host = "oidc.eks.eu-west-1.amazonaws.com/id/ABC"
    condition = {"StringEquals": {f"{host}:sub": "system:serviceaccount:shop:web"}}
    own = {"Federated": f"arn:aws:iam::{HOME}:oidc-provider/{host}"}
    role = build.role("web", trust=trust(own, WEB, Condition=condition))
    (found,) = federations(Identity(build.build()), role)
    assert found.subjects == ("system:serviceaccount:shop:web",)
    assert found.strangers.answer == "depends"


def test_everybody_who_is_trusted_is_told():
    build = Builder()
    ann = build.user("ann", allow("sts:AssumeRole"))
    build.user("bob")
    whom = {"AWS": [HOME, AWAY, f"arn:aws:iam::{AWAY}:role/ci"], "Service": "lambda.amazonaws.com"}
    role = build.role("shop", trust=trust(whom))
    found = {one.principal: one.verdict.answer for one in trusts(Identity(build.build()), role)}
    assert found == {
        ann.urn: "yes",
        AWAY: "depends",
        f"arn:aws:iam::{AWAY}:role/ci": "depends",
        "service:lambda.amazonaws.com": "yes",
    }


def test_roles_that_can_be_passed_to_a_service():
    build = Builder()
    ends = {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}
    ann = build.user("ann", allow("iam:PassRole", "*"))
    bob = build.user("bob", allow("iam:PassRole", "*", Condition=ends))
    function = build.role("function", trust=trust({"Service": "lambda.amazonaws.com"}))
    machine = build.role("machine", trust=trust({"Service": "ec2.amazonaws.com"}))
    identity = Identity(build.build())

    def passed(who, service):
        return [(one.resource, one.verdict.answer) for one in passable_roles(identity, who, service)]

    assert passed(ann, "lambda.amazonaws.com") == [(function.urn, "yes")]
    assert passed(bob, "lambda.amazonaws.com") == []
    assert passed(bob, "ec2.amazonaws.com") == [(machine.urn, "yes")]
    # Asked without a service, the caller may choose the one that is allowed.
    assert identity.can(bob, "iam:PassRole", machine).condition == (
        "iam:PassedToService is ec2.amazonaws.com, chosen by the caller",
    )


def test_administrators_are_those_with_everything_in_effect():
    build = Builder()
    everything = "arn:aws:iam::aws:policy/AdministratorAccess"
    edge = build.policy("edge", allow("s3:*"))
    open_edge = build.policy("open", allow("*"))
    roles = {
        "managed": (build.role("managed", managed=[everything]), "yes"),
        "inline": (build.role("inline", allow("*", "*")), "yes"),
        "bounded": (build.role("bounded", managed=[everything], boundary=edge), "no"),
        "wide": (build.role("wide", managed=[everything], boundary=open_edge), "yes"),
        "one-service": (build.role("one-service", allow("iam:*")), "no"),
        "one-resource": (build.role("one-resource", allow("*", "arn:aws:s3:::b")), "no"),
        "power": (build.role("power", managed=["arn:aws:iam::aws:policy/PowerUserAccess"]), "no"),
        "partly": (build.role("partly", deny("iam:*"), managed=[everything]), "depends"),
        "barred": (build.role("barred", deny("*"), managed=[everything]), "no"),
        "mfa": (
            build.role("mfa", allow("*", "*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})),
            "depends",
        ),
    }
    identity = Identity(build.build())
    for name, (role, expected) in roles.items():
        assert (name, is_administrator(identity, role).verdict.answer) == (name, expected)
    assert [one.principal for one in administrators(identity)] == sorted(
        role.urn for role, expected in roles.values() if expected != "no"
    )


def test_an_unknown_trust_policy_is_open():
    build = Builder()
    role = build.role("app", trust={"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]})
    ann = build.user("ann", allow("sts:AssumeRole"))
    verdict = Identity(build.build()).can(ann, "sts:AssumeRole", role).verdict
    assert verdict.answer == "no"  # a statement without a principal names nobody
    assert document() == {"Version": "2012-10-17", "Statement": []}
