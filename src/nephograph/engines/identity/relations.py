"""Everybody whom a question about a resource concerns, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from nephograph.engines.identity.condition import Known
from nephograph.engines.identity.engine import Identity
from nephograph.engines.identity.request import account_of, same_account
from nephograph.model.facts import Decision
from nephograph.model.resource import Resource

Relation = Literal["in-account", "cross-account", "account not known", "federated", "service", "public"]

_BY_TOKEN = ("sts:assumerolewithwebidentity", "sts:assumerolewithsaml")


def everybody(
    identity: Identity, action: str, resource: Resource | str, given: Mapping[str, Known] | None = None
) -> list[Decision]:
    """Who can, or may; the holders of tokens among them where the action is done with a token."""
    decisions = identity.who(action, resource, given)
    if action.lower() in _BY_TOKEN:
        decisions += [
            decision
            for provider in identity.providers_named_by(resource)
            if (decision := identity.can(f"federated:{provider}", action, resource, given)).verdict.possible
        ]
    return decisions


def relation(identity: Identity, decision: Decision, resource: Resource | str) -> Relation:
    """Where the principal of a decision comes from, seen from the resource."""
    principal = identity.principal(decision.principal)
    if principal.kind in ("anonymous", "stranger"):
        return "public"
    if principal.kind == "service":
        return "service"
    if principal.kind == "federated":
        return "federated"
    if isinstance(resource, str):
        found = identity.resource(resource)
        home = account_of(resource) if found is None else account_of(found.arn) or found.scope.account
    else:
        home = account_of(resource.arn) or resource.scope.account
    same = same_account(principal.account, home).answer
    relations: dict[str, Relation] = {"yes": "in-account", "no": "cross-account", "depends": "account not known"}
    return relations[same]
