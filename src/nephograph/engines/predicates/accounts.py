"""Accounts that are not in the estate, and roles that trust them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nephograph.engines.facts import EstateFacts
from nephograph.engines.identity.statement import Statement
from nephograph.engines.identity.trust import ASSUME
from nephograph.engines.predicates.declare import Args, bound, fact, name, predicate
from nephograph.model.facts import Fact
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol
from nephograph.model.verdict import Verdict, all_of, depends, no, yes

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::.*)?", re.DOTALL)


def is_ones_own(facts: EstateFacts, account: str) -> Verdict:
    """Is the account one of the estate's: one that holds something of it, or one of its organization?"""
    accounts = {r.scope.account for r in facts.resources() if r.scope.account}
    members = {str(r.get("id")) for r in facts.resources("aws_organizations_account")}
    if account in accounts | members:
        return yes()
    if any(has_symbol(one) for one in accounts):
        return depends(f"whether account {account} is one's own: which account the code is for is not said")
    return no()


@predicate(3)
def trusts_account(facts: EstateFacts, args: Args) -> Iterator[Fact]:
    """Principals of an account that is not in the estate may become the role: `with` or `without` an external id.

    Without one, every customer of a service that holds the role's ARN may have the service act for it.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    for role in bound(facts, args[0], facts.resources("aws_iam_role")):
        for account, statement in _named(facts, role).items():
            if args[1] not in (None, f"account {account}"):
                continue
            own = is_ones_own(facts, account)
            if own.answer == "yes":
                continue
            bare = facts.identity.can(account, ASSUME, role, {"sts:ExternalId": None}).verdict
            asks = "without" if bare.possible else "with"
            verdict = bare if bare.possible else facts.identity.can(account, ASSUME, role).verdict
            verdict = _theirs(verdict)
            if not verdict.possible:
                # Only somebody of the account may: whom the statement names.
                verdict = yes(statement.evidence(f"role {name(role)} trusts a principal of account {account}"))
            if args[2] in (None, asks):
                stranger = depends(*own.depends_on) if own.answer == "depends" else yes()
                yield fact("trusts_account", role.urn, f"account {account}", asks, verdict=all_of((verdict, stranger)))


def _theirs(verdict: Verdict) -> Verdict:
    """The verdict without what is in the other account's hand: what it lets its own principals do, its external id."""
    left = [on for on in verdict.depends_on if not on.startswith(("policies of ", "if sts:ExternalId is "))]
    if verdict.answer != "depends" or left:
        return Verdict(verdict.answer, verdict.because, tuple(left))
    return yes(*verdict.because)


def _named(facts: EstateFacts, role: Resource) -> dict[str, Statement]:
    """The accounts that the role's trust policy names, each with the first statement that does."""
    found: dict[str, Statement] = {}
    for policy in facts.identity.own_policies(role):
        for statement in policy.statements:
            named = statement.principals
            if statement.effect == "Deny" or named is None or named.negated:
                continue
            for kind, value in named.named:
                match = _ACCOUNT.fullmatch(value) if kind == "AWS" else None
                if match is not None:
                    found.setdefault(match[1], statement)
    return found
