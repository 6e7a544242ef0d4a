"""Of estates with pieces missing both engines say yes, no and depends alike, for every pair, protocol and port."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from holes import HOLES, with_hole
from random_networks import Maker, build

SEEDS = (20, 21)
"""Two VPCs or more, with all the pieces between them, and little else."""


@pytest.mark.parametrize("name", HOLES)
def test_both_engines_leave_the_same_open_where_a_piece_is_missing(name: str) -> None:
    met = 0
    for seed in SEEDS:
        things = with_hole(seed, Maker(seed).make(), name)
        if things is None:
            continue
        met += 1
        assert list(Comparison(build(things), filled=bool(seed % 2)).differences()) == []
    assert met, "no estate has such a piece"


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        # A peering whose far side is not known may well be one over which groups are known.
        ("the far side of a peering", 23),
        # Whatever leads there, the list of the target's subnet is asked.
        ("a peering that is not in the data", 25),
        # Nobody on the internet sends from an address of the VPC.
        ("a prefix list that is not in the data", 30),
        # Where it is not known whether there is a gateway, the answer still has to find its way back.
        ("whether a VPC is a default one", 23),
        ("whether a VPC is a default one", 24),
    ],
)
def test_what_the_two_once_said_differently_of_estates_with_holes(name: str, seed: int) -> None:
    things = with_hole(seed, Maker(seed).make(), name)
    assert things is not None
    assert list(Comparison(build(things), filled=False).differences()) == []


def test_missing_pieces_leave_something_open() -> None:
    """Holes nothing depends on would prove nothing."""
    found = {}
    for name in HOLES:
        counts = 0
        for seed in SEEDS:
            things = with_hole(seed, Maker(seed).make(), name)
            if things is not None:
                comparison = Comparison(build(things), filled=False)
                assert list(comparison.differences()) == []
                counts += sum(comparison.counts[f"{what} open"] for what in ("pair", "balanced", "inward", "outward"))
        found[name] = counts
    assert sum(count > 0 for count in found.values()) >= 13, found
