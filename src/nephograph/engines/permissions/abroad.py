"""Requests to resources of other accounts: what is said of the account has to be said of one account.

The ARN may name it, and `aws:ResourceAccount` does; of a bucket only the key does.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nephograph.engines.permissions.context import UNKNOWN, Context
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.glob import Group
from nephograph.engines.permissions.solve import Found, Search, Solver, partition_of, regions
from nephograph.engines.permissions.who import Who

_SOMEBODY = "000000000000"
_KEY = "aws:resourceaccount"


class Abroad(msgspec.Struct, frozen=True):
    """A request and the account it is made to; `complete`: when there is none, none is there."""

    found: Found | None
    account: str
    complete: bool


def abroad(
    engine: Engine,
    solver: Solver,
    one: Who,
    when: int,
    shapes: tuple[str, ...] | None,
    besides: Sequence[Group] = (),
) -> Abroad:
    """A request of a principal to a resource of another account for which a function holds."""
    facts, partition = engine.facts(one), partition_of(one.spelled)

    def search(keys: Context, account: str, foreign: bool) -> Search:
        areas = regions(shapes, account, foreign, partition)
        return solver.search(when, [[*area, *besides] for area in areas], keys)

    anywhere = search(Context(facts.keys, UNKNOWN, facts.absent), one.account, True)
    if anywhere.found is None:
        return Abroad(None, "", anywhere.complete)
    # A pattern of accounts is met by a shorter text than a number: it is a beginning of one.
    said = [text.ljust(12, "0") for text in anywhere.found.context.get(_KEY, ())]
    named = [*said, *_account_of(anywhere.found.resource), _SOMEBODY]
    for account in dict.fromkeys([*named, *engine.set.accounts]):
        if account == one.account or not _is_number(account):
            continue
        keys = Context({**engine.known(one, "*", account)}, UNKNOWN, facts.absent)
        here = search(keys, account, False)
        if here.found is not None:
            return Abroad(here.found, account, True)
    return Abroad(None, "", False)


def _account_of(arn: str) -> list[str]:
    return arn.split(":", 5)[4:5]


def _is_number(text: str) -> bool:
    return len(text) == 12 and text.isdigit() and text.isascii()
