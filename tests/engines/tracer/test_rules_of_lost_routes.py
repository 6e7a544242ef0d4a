"""Routes that lost, and why: a longer one, one that goes first, or none that covers the address."""

from __future__ import annotations

import pytest

from nephograph.engines.tracer.hop import Hop, Leg
from nephograph.engines.tracer.lost import MOST, OF_TRANSIT, OF_VPC, Seen, losers

TABLE = "aws_route_table.t"


def seen(destination: str, low: int, high: int, to: str = "somewhere") -> Seen:
    return Seen(destination, to, low, high)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (seen("wide", 0, 100), "less-specific-route"),
        (seen("alike", 40, 60), "lower-priority-route"),
        (seen("from here", 50, 100), "less-specific-route"),
        (seen("up to here", 0, 50), "less-specific-route"),
        (seen("from beyond", 51, 100), None),
        (seen("up to before", 0, 49), None),
    ],
)
def test_routes_that_cover_the_address_lost_to_the_one_that_won(other: Seen, reason: str | None) -> None:
    """vpc/latest/userguide/route-tables-priority.html"""
    winner = seen("won", 40, 60, "there")
    found = losers(OF_VPC, TABLE, [other, winner], winner, 50)
    assert [one.reason for one in found] == ([reason] if reason else [])
    assert all(one.component == TABLE and one.rule == other.rule for one in found)


def test_where_none_covers_the_address_each_says_what_it_covers() -> None:
    routes = [seen("10.0.0.0/16", 0, 10, "local"), seen("10.9.0.0/16", 20, 30, "there")]
    found = losers(OF_VPC, TABLE, routes, None, 50)
    assert [one.reason for one in found] == ["local-only", "route-does-not-cover"]
    # Transit tables have no local route, whatever an attachment is called.
    found = losers(OF_TRANSIT, TABLE, routes, None, 50)
    assert [one.reason for one in found] == ["transit-route-does-not-cover"] * 2


@pytest.mark.parametrize(("many", "told", "last"), [(MOST, MOST, "route-does"), (MOST + 1, MOST + 1, "1 more routes")])
def test_of_very_many_routes_the_rest_is_counted(many: int, told: int, last: str) -> None:
    found = losers(OF_VPC, TABLE, [seen(f"r{at}", at, at) for at in range(many)], None, 99)
    assert len(found) == told
    assert found[-1].text.startswith(last) or found[-1].reason.startswith(last)


def test_a_leg_without_hops_dropped_nowhere() -> None:
    assert Leg("no").dropped_at is None
    hop = Hop(TABLE, "t", "route table", "passes", "route", "on")
    assert Leg("yes", (hop,)).dropped_at is None
