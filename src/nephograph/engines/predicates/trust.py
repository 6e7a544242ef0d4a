"""Who becomes which role, who hands roles to services, and who is administrator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.administrators import is_administrator, may_administer
from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.request import STRANGER
from nephograph.engines.identity.statement import Statement
from nephograph.engines.identity.tenants import SHARED
from nephograph.engines.identity.trust import ASSUME, Federation, federations, may_assume, pass_role
from nephograph.engines.predicates.declare import Args, bound, evidence, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Class, Resource
from nephograph.model.value import OPEN, has_symbol, is_unknown
from nephograph.model.verdict import NO, Verdict, all_of, any_of, depends, yes


@predicate(2)
def can_assume(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may become the role with sts:AssumeRole: its policies and the role's trust agree."""
    for who in bound(facts, args[0], facts.identity.principals()):
        for role in facts.identity.candidates(who, ASSUME, bound(facts, args[1], _roles_that_trust_principals(facts))):
            if who is not role:
                yield fact("can_assume", who.urn, role.urn, verdict=may_assume(facts.identity, who, role).verdict)


@predicate(1)
def trusts_principals(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The role's trust policy names more than services and identity providers, or is not known."""
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        policies = facts.identity.own_policies(role)
        statements = [s for policy in policies for s in policy.statements if s.effect != "Deny"]
        if any(policy.unknown for policy in policies) or any(map(_names_principals, statements)):
            yield fact("trusts_principals", role.urn)


def _names_principals(statement: Statement) -> bool:
    named = statement.principals
    return named is None or named.negated or any(kind not in ("Service", "Federated") for kind, _ in named.named)


def _roles_that_trust_principals(facts: EstateFacts) -> list[Resource]:
    found = (facts.resource(one.args[0]) for one in facts.query("trusts_principals", (None,)))
    return [role for role in found if role is not None]


@predicate(3)
def can_pass(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may hand the role to the service, and the role trusts the service."""
    principal, role, service = args
    assert service is not None, "which service is always said"
    for who in bound(facts, principal, facts.identity.principals()):
        if not facts.can(who, "iam:PassRole", "*").verdict.possible:
            continue
        takers = [
            one
            for one in bound(facts, role, facts.resources("aws_iam_role"))
            if one is not who and facts.can(f"service:{service}", ASSUME, one).verdict.possible
        ]
        for one in facts.identity.candidates(who, "iam:PassRole", takers):
            yield fact(
                "can_pass", who.urn, one.urn, service, verdict=pass_role(facts.identity, who, one, service).verdict
            )


@predicate(2)
def admits_strangers(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The role takes tokens that tenants nobody here chose can get from the identity provider."""
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        for federation in federations(facts.identity, role):
            if _is_ones_own(federation):
                continue
            if federation.strangers.answer == "depends" and _asks_for_subject(role, federation.provider):
                continue
            tenants = SHARED.get(federation.provider)
            provider = tenants.name if tenants else federation.provider
            if args[1] in (None, provider):
                yield fact("admits_strangers", role.urn, provider, verdict=federation.strangers)


def _is_ones_own(federation: Federation) -> bool:
    """Does the provider sign only for its owner: the issuer of an EKS cluster, or a registered SAML provider?

    https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
    """
    provider = federation.provider
    if ":saml-provider/" in provider or provider.startswith(("oidc.eks.", f"{OPEN}aws_eks_cluster.")):
        return True
    # Where the issuer is not known, subjects tell: only Kubernetes signs for service accounts.
    subjects = federation.subjects
    return has_symbol(provider) and bool(subjects) and all(s.startswith("system:serviceaccount:") for s in subjects)


def _asks_for_subject(role: Resource, provider: str) -> bool:
    """Does each statement for the provider ask for a subject by equality, or for one of an issuer not known?"""
    statements = role.get("trust_policy", "Statement")
    named = [
        statement
        for statement in (statements if isinstance(statements, list) else [statements])
        if isinstance(statement, dict) and statement.get("Effect") == "Allow" and _names(statement, provider)
    ]
    return bool(named) and all(_ties(statement.get("Condition"), has_symbol(provider)) for statement in named)


def _names(statement: dict[str, Any], provider: str) -> bool:
    principal = statement.get("Principal")
    named = principal.get("Federated") if isinstance(principal, dict) else None
    return any(str(one).endswith(provider) for one in (named if isinstance(named, list) else [named]))


def _ties(condition: Any, hidden: bool) -> bool:
    if isinstance(condition, str):
        # A condition whose key is not known stands as that key.
        return hidden and condition.endswith(":sub")
    if not isinstance(condition, dict):
        return False
    return any(
        str(key).endswith(":sub") and (str(operator).lower() == "stringequals" or (hidden and has_symbol(str(key))))
        for operator, keys in condition.items()
        if isinstance(keys, dict)
        for key in keys
    )


@predicate(1)
def assumable_by_anyone(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Any AWS account in the world may become the role."""
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        yield fact("assumable_by_anyone", role.urn, verdict=facts.identity.can(STRANGER, ASSUME, role).verdict)


@predicate(2)
def administrator(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal may do everything in its account, boundary included. The account reads `account 111122223333`."""
    for who in bound(facts, args[0], facts.resources(cls=Class.PRINCIPAL)):
        if who.kind in ("aws_iam_role", "aws_iam_user"):
            account = f"account {who.scope.account}"
            if args[1] in (None, account) and may_administer(facts.identity, who):
                yield fact("administrator", who.urn, account, verdict=is_administrator(facts.identity, who).verdict)


_REWRITES = {
    "aws_iam_role": ("iam:PutRolePolicy", "iam:AttachRolePolicy"),
    "aws_iam_user": ("iam:PutUserPolicy", "iam:AttachUserPolicy"),
}
"""By kind: the actions with which a principal that may do them on itself becomes administrator."""


@predicate(3)
def rewrites_itself(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """The principal, not administrator yet, may give itself any permission in its account by this action.

    A permissions boundary stays a ceiling whatever it gives itself
    (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
    """
    for who in bound(facts, args[0], facts.resources(cls=Class.PRINCIPAL)):
        account = f"account {who.scope.account}"
        if args[2] not in (None, account) or _is_administrator(facts, who):
            continue
        unlimited = unbounded(facts, who)
        for action in _REWRITES.get(who.kind, ()) if unlimited.possible else ():
            if args[1] in (None, action):
                verdict = all_of((may_rewrite(facts, who, action, who), unlimited))
                yield fact("rewrites_itself", who.urn, action, account, verdict=verdict)


_STRONG = ("AdministratorAccess", "IAMFullAccess")
"""Policies of AWS, there in every account, that make administrator: at once, or with one step more."""


def may_rewrite(facts: EstateFacts, who: Resource, action: str, target: Resource) -> Verdict:
    """May the principal add permissions to the target by this action: a strong policy attached, an inline one written?

    Conditions may ask which policy is attached, and which boundary the target has.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
    """
    given: dict[str, Known] = {}
    if target.get("boundary") is None:
        given["iam:PermissionsBoundary"] = None
    if not action.startswith("iam:Attach"):
        return facts.identity.can(who, action, target, given).verdict
    partition = target.arn.split(":")[1] if target.arn.startswith("arn:") else "aws"
    policies = [f"arn:{partition}:iam::aws:policy/{name}" for name in _STRONG]
    return any_of(
        facts.identity.can(who, action, target, {**given, "iam:PolicyARN": (one,)}).verdict for one in policies
    )


def unbounded(facts: EstateFacts, who: Resource) -> Verdict:
    """Has the principal no permissions boundary?"""
    boundary = who.get("boundary")
    if boundary is None:
        return yes(evidence(f"{name(who)} has no permissions boundary", who))
    if is_unknown(boundary) and not facts.attached(who, "bounded_by"):
        return depends(f"whether {name(who)} has a permissions boundary ({boundary})")
    return NO


def _is_administrator(facts: EstateFacts, who: Resource) -> bool:
    return any(one.verdict.answer == "yes" for one in facts.query("administrator", (who.urn, None)))
