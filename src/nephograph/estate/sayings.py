"""One entity that is said in several ways: what is real goes before what is wanted, and every link has its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from nephograph.estate.graph import Estate
from nephograph.estate.match import match
from nephograph.model.source import Loaded, Said
from nephograph.model.value import has_symbol

AUTHORITY: tuple[Said, ...] = ("live", "dump", "state", "plan", "code")
"""Whose word stands where an entity is said in several ways."""

REAL: tuple[Said, ...] = ("live", "dump", "state")
"""Ways of saying what is; the others say what somebody wants."""

Place = tuple[str, str]
"""Root and address."""


class Same(msgspec.Struct):
    """`of` leads from the place of a lesser saying to the place of the one that stands, with the reason.

    `accounts` names the accounts (and their symbols) that linked entities of a root gave away.
    """

    of: dict[Place, tuple[Place, str]] = {}
    accounts: dict[str, str] = {}


def same_entities(estates: Sequence[tuple[Said, Estate]], loads: Sequence[Loaded]) -> Same:
    """Link the estates of several ways of saying, in the order of their authority."""
    same = Same()
    numbers: dict[str, set[str]] = defaultdict(set)
    # Code has the new addresses, what it is compared with still has the old ones.
    moved = [(root, new, old) for load in loads for root, old, new in load.moved]
    for position, (_, lower) in enumerate(estates):
        left = lower
        for _, upper in estates[:position]:
            paired = match(left, upper, moved, alike=False)
            for pair in paired.pairs:
                below, above = lower.resources[pair.before], upper.resources[pair.after]
                place = (above.root, above.address)
                same.of[below.root, below.address] = (same.of.get(place, (place,))[0], pair.reason)
                if has_symbol(below.scope.account) and not has_symbol(above.scope.account):
                    numbers[below.scope.account].add(above.scope.account)
            left = Estate([lower.resources[urn] for urn in paired.only_before], lower.edges)
    # A root whose resources turn out to live in two accounts has said something else than it seems to: left open.
    same.accounts = {symbol: next(iter(found)) for symbol, found in numbers.items() if len(found) == 1}
    return same
