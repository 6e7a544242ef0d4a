"""Who may become a role: principals of the estate, services, accounts, anybody, and tokens of identity providers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.request import STRANGER
from nephograph.engines.identity.statement import Statement
from nephograph.engines.identity.tenants import SHARED, Tenants, stranger_subjects
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of, any_of, depends

ASSUME, WEB, SAML = "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"


class Federation(msgspec.Struct, frozen=True):
    """One identity provider whose tokens a role takes.

    `provider` is the host of its URL (`token.actions.githubusercontent.com`) or a SAML provider's ARN. `subjects` are
    the `sub` values and patterns that conditions ask for, () when any will do. `strangers` says whether tokens that
    anybody can get are taken, with a subject that shows it in `example`.
    """

    role: str
    provider: str
    subjects: tuple[str, ...]
    strangers: Verdict
    example: str = ""


def trusts(identity: Identity, role: Resource) -> list[Decision]:
    """Everybody who can, or may, assume a role by an AWS identity: estate principals, services, accounts, strangers."""
    return identity.who(ASSUME, role)


def may_assume(identity: Identity, principal: Resource | str, role: Resource) -> Decision:
    """May a principal become the role?"""
    return identity.can(principal, ASSUME, role)


def federations(identity: Identity, role: Resource) -> list[Federation]:
    """The identity providers a role's trust policy names, each with whom it lets in."""
    named: dict[str, None] = {}
    statements = [s for policy in identity.own_policies(role) for s in policy.statements if s.effect != "Deny"]
    for statement in statements:
        for kind, value in statement.principals.named if statement.principals else ():
            if kind == "Federated":
                named[value] = None
    return [_federation(identity, role, value, statements) for value in named]


def admits_strangers(identity: Identity, role: Resource) -> Verdict:
    """Can somebody nobody chose become the role: any AWS account, or any tenant of a shared identity provider?"""
    verdicts = [identity.can(STRANGER, ASSUME, role).verdict]
    verdicts += [federation.strangers for federation in federations(identity, role)]
    return any_of(verdicts)


def host_of(provider: str) -> str:
    """`arn:aws:iam::A:oidc-provider/HOST` and `https://HOST` are tokens of HOST; anything else stays as it is."""
    _, slash, host = provider.partition(":oidc-provider/")
    return host if slash else provider.removeprefix("https://")


def _federation(identity: Identity, role: Resource, provider: str, statements: list[Statement]) -> Federation:
    host = host_of(provider)
    subjects = tuple(dict.fromkeys(_values(statements, f"{host}:sub")))
    tenants = SHARED.get(host)
    if tenants is None:
        action = SAML if ":saml-provider/" in provider else WEB
        taken = identity.can(f"federated:{provider}", action, role).verdict
        if taken.answer == "yes":
            taken = depends(f"whom {host} signs in", because=taken.because)
        return Federation(role.urn, host, subjects, taken)
    verdict, example = _strangers(identity, role, provider, host, tenants, subjects, statements)
    return Federation(role.urn, host, subjects, verdict, example)


def _strangers(
    identity: Identity,
    role: Resource,
    provider: str,
    host: str,
    tenants: Tenants,
    subjects: tuple[str, ...],
    statements: list[Statement],
) -> tuple[Verdict, str]:
    """Would a token of somebody else's tenant do? Every subject that a wildcard could let in is tried."""
    examples, unsure = stranger_subjects(tenants, list(subjects))
    audiences = list(dict.fromkeys((*_values(statements, f"{host}:aud"), "sts.amazonaws.com")))
    verdicts: list[Verdict] = []
    for example in reversed(examples):
        for audience in audiences:
            given: dict[str, Known] = {f"{host}:sub": (example,), f"{host}:aud": (audience,)}
            verdict = identity.can(f"federated:{provider}", WEB, role, given).verdict
            if verdict.answer == "yes":
                return verdict, example
            verdicts.append(verdict)
    left_open = [depends(f"whether {one} lets in other owners at {tenants.name}") for one in unsure]
    return any_of((*verdicts, *left_open)), ""


def _values(statements: Iterable[Statement], key: str) -> list[str]:
    """What conditions ask of a key by equality or likeness, without their negations."""
    return [
        value
        for statement in statements
        for test in statement.conditions
        if test.key.lower() == key.lower()
        and "not" not in test.operator.lower()
        and "null" not in test.operator.lower()
        for value in test.values
    ]


def passable_roles(identity: Identity, principal: Resource | str, service: str) -> list[Decision]:
    """Roles that a principal can, or may, hand to a service (`lambda.amazonaws.com`), and that the service takes.

    iam:PassRole is asked with the service as iam:PassedToService, and the role has to trust the service.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    roles = [one for one in identity.principals() if one.kind == "aws_iam_role"]
    decisions = [pass_role(identity, principal, role, service) for role in roles]
    return [decision for decision in decisions if decision.verdict.possible]


def pass_role(identity: Identity, principal: Resource | str, role: Resource, service: str) -> Decision:
    """May a principal hand this role to a service, and does the service take it?"""
    passes = identity.can(principal, "iam:PassRole", role, {"iam:PassedToService": (service,)})
    takes = identity.can(f"service:{service}", ASSUME, role)
    condition = tuple(dict.fromkeys(passes.condition + takes.condition))
    return Decision(passes.principal, "iam:PassRole", role.urn, all_of((passes.verdict, takes.verdict)), condition)
