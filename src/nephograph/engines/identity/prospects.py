"""Which questions cannot be answered yes, told from necessary conditions that cost little.

Somebody has to grant: an identity policy, or the resource's own. Conditions, boundaries, guards and denies are taken
to be no obstacle, a policy of unknown content to grant; so what has no prospect is a proven no.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable

from nephograph.engines.identity.layers import Layers
from nephograph.engines.identity.match import names
from nephograph.engines.identity.pattern import Tokens, is_symbol, matches, pattern
from nephograph.engines.identity.request import Principal, same_account
from nephograph.engines.identity.statement import Policy, Statement
from nephograph.model.value import OPEN


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
    if resources.negated:
        return True
    begins = _plain_beginning(about)
    return any(
        "${" in one or (_may_begin(one, begins) and matches(pattern(one), about) != "no") for one in resources.patterns
    )


def beginnings(policies: Iterable[Policy]) -> tuple[str, ...] | None:
    """How everything begins that the policies may allow; None where that may be anything."""
    found: dict[str, None] = {}
    for policy in policies:
        if policy.unknown:
            return None
        for statement in policy.statements:
            if statement.effect != "Deny":
                patterns = statement.resources.patterns
                if statement.resources.negated or any("${" in one for one in patterns):
                    return None
                found |= dict.fromkeys(map(_said, patterns))
    return None if "" in found else tuple(found)


def begins(arn: str, beginnings: tuple[str, ...]) -> bool:
    """Could something of the ARN, or below it, begin so?"""
    certain = _said(arn)
    return any(one.startswith(certain) or certain.startswith(one) for one in beginnings)


def audience(policies: Iterable[Policy]) -> frozenset[str] | None:
    """The ARNs and the numbers of the accounts that policies of a resource name; None where it may be anybody else."""
    found: set[str] = set()
    for policy in policies:
        if policy.unknown:
            return None
        for statement in policy.statements:
            named = statement.principals
            if statement.effect == "Deny" or named is None:
                continue
            if named.negated:
                return None
            for kind, value in named.named:
                if kind in ("Service", "Federated"):
                    continue
                parts = value.split(":", 5)
                if kind != "AWS" or _said(value) != value or not (value.isdigit() or len(parts) == 6):
                    return None
                if len(parts) == 6 and (parts[2] != "iam" or not parts[4].isdigit()):
                    return None
                found.add(parts[4] if len(parts) == 6 and parts[5] == "root" else value)
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 16)
def _plain_beginning(about: Tokens) -> str:
    """The text before the first symbol."""
    return "".join(itertools.takewhile(lambda token: not is_symbol(token), about))


_UNSAID = re.compile(f"[*?{OPEN}]")


@functools.lru_cache(maxsize=1 << 14)
def _said(wanted: str) -> str:
    """The text of a pattern before its first wildcard or symbol."""
    return _UNSAID.split(wanted, maxsplit=1)[0]


def _may_begin(wanted: str, begins: str) -> bool:
    """What both say for certain at their beginning does not differ: else they never match."""
    said = _said(wanted)
    return said.startswith(begins) if len(said) > len(begins) else begins.startswith(said)


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
