"""Which questions cannot be answered yes, told from necessary conditions that cost little.

Somebody has to grant: an identity policy, or the resource's own. Conditions, boundaries, guards and denies are taken
to be no obstacle, a policy of unknown content to grant; so what has no prospect is a proven no.
"""

from __future__ import annotations

from nephograph.engines.identity.layers import Layers
from nephograph.engines.identity.match import names
from nephograph.engines.identity.pattern import Tokens, matches, pattern
from nephograph.engines.identity.request import Principal, same_account
from nephograph.engines.identity.statement import Policy, Statement


def has_prospect(layers: Layers, principal: Principal, account: str, about: Tokens) -> bool:
    """Could the layers grant the principal something `about` covers (an ARN, with a symbol for what is not said)?

    `account` owns the resource. The rules are those of `layers.decide`, with nothing in the way.
    """
    itself, by_account = _named(layers.resource, principal)
    if not principal.signed:
        return itself
    held = any(_may_reach(policy, about) for policy in layers.identity)
    both = held and (itself or by_account)
    same = same_account(principal.account, account).answer
    if same == "no":
        return both
    return itself or both or (layers.kind == "ordinary" and held)


def may_allow(policy: Policy) -> bool:
    """Does the policy allow anything, for all that is known?"""
    return bool(policy.unknown) or any(statement.effect != "Deny" for statement in policy.statements)


def _may_reach(policy: Policy, about: Tokens) -> bool:
    return bool(policy.unknown) or any(s.effect != "Deny" and _may_cover(s, about) for s in policy.statements)


def _may_cover(statement: Statement, about: Tokens) -> bool:
    """A pattern with a variable may cover anything."""
    resources = statement.resources
    return resources.negated or any("${" in one or matches(pattern(one), about) != "no" for one in resources.patterns)


def _named(policies: tuple[Policy, ...], principal: Principal) -> tuple[bool, bool]:
    """Do policies of a resource grant to (the principal or its role, its account)?"""
    itself = by_account = False
    for policy in policies:
        if policy.unknown:
            return True, True
        for statement in policy.statements:
            if statement.effect != "Deny":
                named = names(statement, principal)
                itself = itself or named.direct.possible or named.role.possible
                by_account = by_account or named.account.possible
    return itself, by_account
