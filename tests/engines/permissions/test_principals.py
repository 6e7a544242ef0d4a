"""Principal and NotPrincipal: every kind of principal against every kind of element, as the certificate decides it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from permission_worlds import HOME, NAMED, OTHER, PRINCIPALS, agreement

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.engines.permissions.document import MalformedError, read
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.policyset import Account, Entity, Holding, PolicySet
from nephograph.engines.permissions.who import Named, named, who

ROLE = f"arn:aws:iam::{HOME}:role/app"
ASKING = (
    *PRINCIPALS, f"arn:aws:iam::{HOME}:role/deep/path/app", f"arn:aws:iam::{HOME}:user/deep/ann",
    f"arn:aws:iam::{OTHER}:user/ann", "sns.amazonaws.com", "accounts.google.com", "b" * 64,
    f"arn:aws:iam::{HOME}:saml-provider/corp", f"arn:aws:sts::{HOME}:federated-user/bob",
    f"arn:aws:sts::{HOME}:assumed-role/AWSServiceRoleForX/it",
)  # fmt: skip
ELEMENTS: tuple[Any, ...] = (
    *NAMED, {"AWS": ROLE}, {"AWS": [HOME, ROLE]}, {"AWS": f"arn:aws:iam::{HOME}:role/deep/path/app"},
    {"AWS": f"arn:aws:iam::{HOME}:role/other/app"}, {"AWS": f"arn:aws:iam::{HOME}:user/bob"},
    {"AWS": [f"arn:aws:iam::{HOME}:root", f"arn:aws:iam::{HOME}:user/ann"]}, {"Service": "sns.amazonaws.com"},
    {"Federated": "accounts.google.com"}, {"Federated": [f"arn:aws:iam::{HOME}:saml-provider/corp"]},
    {"CanonicalUser": "b" * 64}, {"Service": "*"}, {"AWS": f"arn:aws:iam::{OTHER}:role/app"},
    {"AWS": f"arn:aws:sts::{OTHER}:assumed-role/app/me"}, {"AWS": [HOME, f"arn:aws:iam::{HOME}:user/deep/ann"]},
    {"AWS": [HOME, f"arn:aws:iam::{HOME}:user/bob", f"arn:aws:sts::{HOME}:federated-user/bob"]},
    {"AWS": [ROLE, f"arn:aws:sts::{HOME}:assumed-role/app/me"]}, {"AWS": [HOME], "CanonicalUser": "c" * 64},
    {"AWS": [HOME, f"arn:aws:iam::{HOME}:role/app", f"arn:aws:sts::{HOME}:assumed-role/app/me"], "Service": "*"},
)  # fmt: skip
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
ASKED = (
    ("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{HOME}:jobs"),
    ("sts:AssumeRole", f"arn:aws:iam::{HOME}:role/target"),
    ("sts:AssumeRoleWithWebIdentity", f"arn:aws:iam::{HOME}:role/target"),
    ("kms:Decrypt", f"arn:aws:kms:eu-west-1:{HOME}:key/k"),
)


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.mark.parametrize("bounded", [False, True])
@pytest.mark.parametrize("name", ["Principal", "NotPrincipal"])
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_every_element_means_whom_the_certificate_says(name: str, effect: str, bounded: bool) -> None:
    """With and without policies of its own, and a boundary that allows the one action or another."""
    checked = differently = 0
    for element, (action, resource) in itertools.product(ELEMENTS, ASKED[:2] if effect == "Deny" else ASKED):
        statement = {"Effect": effect, "Action": "*", name: element, "Resource": "*"}
        base = [] if effect == "Allow" else [{**EVERYTHING, "Principal": "*"}]
        own = document(statement, *base)
        for principal in ASKING:
            one = who(principal)
            assert one is not None
            held = [document(EVERYTHING)] if checked % 3 == 0 else []
            boundary = [document({**EVERYTHING, "Action": "*" if checked % 2 else "s3:*"})] if bounded else []
            if not one.has_policies:
                held, boundary = [], []
            policies = PolicySet()
            for account in (HOME, OTHER):
                policies.account(Account(account, organization=""))
            if one.kind in ("user", "role", "session", "federated-user"):
                behind = f"arn:aws:iam::{one.account}:role/{one.name}" if one.kind == "session" else principal
                identity = tuple(policies.policy(one_) for one_ in held)
                policies.entity(Entity(behind, identity, tuple(policies.policy(b, "boundary") for b in boundary)))
            policies.holding(Holding(resource, HOME, (policies.policy(own, "resource"),)))
            ours = Engine(policies).can(principal, action, resource, context={}).effect
            request = Request(principal, action, resource, HOME)
            theirs = decide(request, Policies(identity=held, boundary=boundary, resource=own))
            found = agreement(ours, theirs)
            assert found.same or found.finer, (element, principal, action, held, boundary, ours, theirs.effect)
            differently += found.finer
            checked += 1
    assert differently < checked / 100


@pytest.mark.parametrize(
    ("text", "kind", "account", "name"),
    [
        ("anonymous", "anonymous", "", ""),
        ("accounts.google.com", "provider", "", ""),
        ("lambda.amazonaws.com", "service", "", ""),
        ("a" * 64, "canonical", "", ""),
        (f"arn:aws:iam::{HOME}:root", "root", HOME, ""),
        (f"arn:aws:iam::{HOME}:user/a/b/ann", "user", HOME, "ann"),
        (f"arn:aws:iam::{HOME}:role/app", "role", HOME, "app"),
        (f"arn:aws-cn:iam::{HOME}:role/x/app", "role", HOME, "app"),
        (f"arn:aws:sts::{HOME}:assumed-role/app/me", "session", HOME, "app"),
        (f"arn:aws:sts::{HOME}:federated-user/ann", "federated-user", HOME, ""),
        (f"arn:aws:iam::{HOME}:saml-provider/x", "provider", HOME, ""),
        (f"arn:aws:iam::{HOME}:oidc-provider/x/y", "provider", HOME, ""),
    ],
)
def test_names_of_principals(text: str, kind: str, account: str, name: str) -> None:
    one = who(text)
    assert one is not None
    assert (one.kind, one.account, one.name, one.spelled, one.service_linked) == (kind, account, name, text, False)
    assert one.signed == (bool(account) and kind != "provider")
    assert one.has_policies == (one.signed and kind != "root")


@pytest.mark.parametrize(
    "text",
    [
        "*", "", "ann", "arn:aws:iam::1:role/app", f"arn:aws:iam::{HOME}:role/*", f"arn:aws:iam::{HOME}:role/a?p",
        f"arn:aws:iam::{HOME}:role/", f"arn:aws:iam::{HOME}:user/", f"arn:aws:iam::{HOME}:role",
        f"arn:aws:s3::{HOME}:x",
        f"arn:aws:sts::{HOME}:assumed-role/app", f"arn:aws:sts::{HOME}:assumed-role/app/",
        f"arn:aws:sts::{HOME}:assumed-role//me", f"arn:aws:sts::{HOME}:federated-user/", f"arn:aws:sts::{HOME}:other/a",
        f"arn:aws:sts::{HOME}:other/a/b", f"arn:aws:iam::{HOME}:saml-provider/", f"arn:aws:iam::{HOME}:group/g",
        f"arn:aws:iam::{HOME}:role/x/",
    ],
)  # fmt: skip
def test_what_names_no_principal(text: str) -> None:
    assert who(text) is None


def test_roles_that_are_linked_to_a_service() -> None:
    linked = who(f"arn:aws:iam::{HOME}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX")
    session = who(f"arn:aws:sts::{HOME}:assumed-role/AWSServiceRoleForX/me")
    assert linked is not None
    assert session is not None
    assert linked.service_linked
    assert session.service_linked


@pytest.mark.parametrize("element", ["ann", 7, ["*"], {"Aws": HOME}, {"AWS": 7}, {"AWS": [HOME, 7]}, {"*": "*"}])
def test_what_is_no_principal_element(element: Any) -> None:
    with pytest.raises(ValueError, match=r"[Pp]rincipal"):
        named(element, False)
    with pytest.raises(MalformedError) as found:
        read(document({**EVERYTHING, "Principal": element}), "resource")
    assert found.value.path == ("Statement", 0, "Principal")


def test_an_element_is_read_as_it_is_written() -> None:
    assert named("*", False) == Named((("*", "*"),), False)
    assert named({"AWS": ["a", "b"], "Service": "c"}, True) == Named(
        (("AWS", "a"), ("AWS", "b"), ("Service", "c")), True
    )
    assert hash(named("*", False)) == hash(named("*", False))


def means(element: Any, excluded: bool, principal: str, deny: bool = False, bounded: bool = False) -> dict[Any, Any]:
    one = who(principal)
    assert one is not None
    return named(element, excluded).means(one, deny, bounded)


def test_what_is_open_is_said_with_the_answer_that_is_wanted() -> None:
    ann, session = f"arn:aws:iam::{HOME}:user/ann", f"arn:aws:sts::{HOME}:assumed-role/app/me"
    canonical = f"whether account {HOME} has canonical user id {'a' * 64}"
    assert means({"CanonicalUser": "a" * 64}, False, ann) == {"account": (((canonical, True),),)}
    assert means({"CanonicalUser": "a" * 64}, True, ann) == {"direct": (((canonical, False),),)}
    freely = "whether a NotPrincipal grants to a session past its boundary and session policies"
    assert means({"AWS": OTHER}, True, session) == {"direct": (((freely, True),),), "entity": ((),)}
    spares = "whether a NotPrincipal without the account of a user spares it"
    assert means({"AWS": ann}, True, ann, deny=True) == {"direct": (((spares, False),),)}
    assert means({"AWS": [ann, HOME]}, True, ann, deny=True) == {}
    assert means({"AWS": [ann, HOME]}, True, ann, deny=True, bounded=True) == {"direct": ((),)}
    open_ = {"AWS": ann, "CanonicalUser": "a" * 64}
    assert means(open_, True, ann, deny=True) == {"direct": (((canonical, False),),)}
    assert means("*", True, ann, deny=True) == {}
    assert means({"Service": "*"}, False, "sns.amazonaws.com") == {
        "direct": ((("whether AWS takes a lone * for every service", True),),)
    }
    assert means({"AWS": [HOME, ann, "*"]}, False, ann) == {"account": ((),), "direct": ((), ())}


def test_principals_and_elements_are_told_apart_by_what_they_say() -> None:
    assert Named((("*", "*"),)).excluded is False
    assert {who(f"arn:aws:iam::{HOME}:role/a"), who(f"arn:aws:iam::{HOME}:role/a")} == {
        who(f"arn:aws:iam::{HOME}:role/a")
    }
