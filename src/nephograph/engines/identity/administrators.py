"""Principals that may do everything: every action on every resource, within their boundary and their organization.

The question is put with symbols for the action and the resource: what is allowed of a symbol is allowed of all. That
something is missing is shown by a witness: an action or a resource that no policy names, or one that a NotAction or a
NotResource leaves out.
"""

from __future__ import annotations

import itertools
import re

import msgspec

from nephograph.engines.identity.choice import LIMIT, OTHER
from nephograph.engines.identity.condition import Context
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.layers import Ceiling, Layers, Level, decide
from nephograph.engines.identity.match import applies
from nephograph.engines.identity.request import Request, base_context
from nephograph.engines.identity.statement import Policy, Statement
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, all_of, depends

EVERY_ACTION, EVERY_RESOURCE = "⟨every action⟩", "⟨every resource⟩"


def is_administrator(identity: Identity, holder: Resource) -> Decision:
    """May the user or role do everything? An explicit deny of something leaves it open how much that is."""
    principal = identity.principal(holder)
    context = Context(base_context(principal, principal.account, None))
    request = Request(principal, EVERY_ACTION, EVERY_RESOURCE, principal.account, context)
    policies = identity.policies_of(holder)
    boundary = identity.boundary_of(holder)
    ceiling = identity.organization.over_principal(principal)
    layers = Layers(_only("Allow", policies), _one("Allow", boundary), scp=_allowing(ceiling))
    granted = decide(layers, request)
    if granted.answer == "depends":
        granted = _less(layers, request) or granted
    if granted.answer == "no":
        return Decision(principal.id, "*", "*", granted)
    every = (*policies, *((boundary,) if boundary else ()), *(ceiling.policies if ceiling else ()))
    denies = [s for p in dict.fromkeys(every) for s in p.statements if s.effect == "Deny"]
    verdicts = [granted]
    for statement in denies:
        match = applies(statement, request)
        if match.answer == "yes":
            fact = statement.evidence(f"{statement.name} denies everything")
            return Decision(principal.id, "*", "*", Verdict("no", (fact,)))
        if match.answer == "depends":
            verdicts.append(depends(f"how much {statement.name} takes away", because=(_denies(statement),)))
    verdict = _plainly(all_of(verdicts))
    condition = tuple(reason for reason in verdict.depends_on if reason.startswith("if "))
    return Decision(principal.id, "*", "*", verdict, condition)


def may_administer(identity: Identity, holder: Resource) -> bool:
    """Could it be one? A false answer is certain: where every grant names its service, no policy names the rest."""
    return any(
        policy.unknown or any(s.effect != "Deny" and _names_no_service(s) for s in policy.statements)
        for policy in identity.policies_of(holder)
    )


def _names_no_service(statement: Statement) -> bool:
    """Could it be about actions of any service?"""
    if statement.actions.negated:
        return True
    return not all(map(_SERVICE.match, statement.actions.patterns))


_SERVICE = re.compile("[A-Za-z0-9-]+:")
"""How an action pattern begins that is about one service."""


def _less(layers: Layers, request: Request) -> Verdict | None:
    """The proof that something is not granted when a witness shows it; else what a witness leaves open, if one does."""
    statements = [s for policy in layers.policies for s in policy.statements]
    actions = [f"{OTHER}:{OTHER}", *(_member(p) for s in statements if s.actions.negated for p in s.actions.patterns)]
    arns = [OTHER, *(_member(p) for s in statements if s.resources.negated for p in s.resources.patterns)]
    unsure: Verdict | None = None
    for action, arn in itertools.islice(itertools.product(dict.fromkeys(actions), dict.fromkeys(arns)), LIMIT):
        verdict = decide(layers, msgspec.structs.replace(request, action=action, arn=arn))
        if verdict.answer == "depends" and unsure is None:
            unsure = verdict
        if verdict.answer == "no":
            told = "what no policy names" if action.startswith(OTHER) else action.replace(OTHER, "*")
            return Verdict("no", (Evidence(f"{request.principal.name} is not granted {told}", request.principal.id),))
    return unsure


def _plainly(verdict: Verdict) -> Verdict:
    """The verdict without the symbols the question was put with."""

    def plain(text: str) -> str:
        told = text.replace(EVERY_ACTION, "every action").replace(EVERY_RESOURCE, "every resource")
        return told.replace("every action on any resource", "every action on every resource")

    because = tuple(e.reworded(plain(e.text)) for e in verdict.because)
    return Verdict(verdict.answer, because, tuple(plain(reason) for reason in verdict.depends_on))


def _member(text: str) -> str:
    """One text that a pattern covers."""
    return text.replace("*", OTHER).replace("?", OTHER[0])


def _denies(statement: Statement) -> Evidence:
    return statement.evidence(f"{statement.name} denies {', '.join(statement.actions.patterns)}")


def _one(effect: str, policy: Policy | None) -> Policy | None:
    if policy is None:
        return None
    kept = tuple(s for s in policy.statements if s.effect in (effect, ""))
    return msgspec.structs.replace(policy, statements=kept)


def _allowing(ceiling: Ceiling | None) -> Ceiling | None:
    """The allowing statements of every level."""
    if ceiling is None:
        return None
    chains = tuple(tuple(Level(one.name, _only("Allow", one.policies)) for one in chain) for chain in ceiling.chains)
    return Ceiling(ceiling.kind, chains, ceiling.unsure)


def _only(effect: str, policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
    return tuple(kept for policy in policies if (kept := _one(effect, policy)) is not None)


def administrators(identity: Identity) -> list[Decision]:
    """The users and roles that can, or may, do everything."""
    decisions = [is_administrator(identity, one) for one in identity.principals() if may_administer(identity, one)]
    return [decision for decision in decisions if decision.verdict.possible]
