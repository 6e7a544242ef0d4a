"""Routes that lost: the ones that would have matched too, and, where none matches, what each of them covers instead.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nephograph.engines.tracer.hop import Because
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.span import Span

MOST = 12
"""Routes of one table that are told of where none matches."""


class Words(NamedTuple):
    """The reasons a kind of table gives."""

    specific: Reason
    priority: Reason
    covers: Reason


OF_VPC = Words(Reason.LESS_SPECIFIC_ROUTE, Reason.LOWER_PRIORITY_ROUTE, Reason.ROUTE_DOES_NOT_COVER)
OF_TRANSIT = Words(
    Reason.TRANSIT_LESS_SPECIFIC_ROUTE, Reason.TRANSIT_LOWER_PRIORITY_ROUTE, Reason.TRANSIT_ROUTE_DOES_NOT_COVER
)


class Seen(NamedTuple):
    """One route as far as winning goes: `low` and `high` are the addresses it covers, `to` what it leads to."""

    destination: str
    to: str
    low: int
    high: int
    location: Span | None = None

    @property
    def rule(self) -> str:
        """The route in a few letters."""
        return f"{self.destination} → {self.to}"


def losers(words: Words, table: str, routes: Sequence[Seen], winner: Seen | None, value: int) -> tuple[Because, ...]:
    """Why each of the other routes was not taken for an address; `table` is the urn of the table."""
    if winner is None:
        found = [_uncovering(words, table, route) for route in routes[:MOST]]
        if len(routes) > MOST:
            text = f"{len(routes) - MOST} more routes do not cover the address"
            found.append(Because(str(words.covers), text, table))
        return tuple(found)
    beaten = [r for r in routes if r.low <= value <= r.high and r != winner]
    return tuple(_beaten(words, table, route, winner) for route in beaten)


def _uncovering(words: Words, table: str, route: Seen) -> Because:
    local = route.to == "local" and words is OF_VPC
    reason = Reason.LOCAL_ONLY if local else words.covers
    text = (
        f"the local route covers {route.destination}, the VPC itself, and nothing else"
        if local
        else f"the route to {route.to} covers {route.destination} and not this address"
    )
    return Because(str(reason), text, table, route.rule, route.location)


def _beaten(words: Words, table: str, route: Seen, winner: Seen) -> Because:
    if (route.low, route.high) == (winner.low, winner.high):
        text = f"the route {route.rule} has the same destination, and the other one goes first"
        return Because(str(words.priority), text, table, route.rule, route.location)
    text = f"the route {route.rule} covers the address too, and {winner.destination} is more specific"
    return Because(str(words.specific), text, table, route.rule, route.location)
