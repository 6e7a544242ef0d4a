"""What one failure ends equals what spreading it by hand finds, for random needs with circles."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.resilience.loss import Resilience
from nephograph.engines.resilience.needs import Group, Needs, Thing

THINGS = [Thing(name, aspect) for name in "abcdefg" for aspect in ("works", "has a way out")]
HOW = ("every", "any", "most", "one", "part")


@st.composite
def groups(draw: st.DrawFn) -> Group:
    thing, *others = draw(st.lists(st.sampled_from(THINGS), min_size=2, max_size=5, unique=True))
    return Group(thing, draw(st.sampled_from(HOW)), tuple(others), "it does")


def spread(needs: Collection[Group], failed: str, perhaps: bool) -> set[Thing]:
    """Every thing is looked at again and again until nothing more is lost."""
    lost = {thing for thing in THINGS if thing.name == failed}
    while True:
        new = {group.thing for group in needs if ends(group, lost, perhaps)}
        if new <= lost:
            return lost
        lost |= new


def ends(group: Group, lost: set[Thing], perhaps: bool) -> bool:
    gone = [other in lost for other in group.others]
    match group.how:
        case "every":
            return any(gone)
        case "most":
            return 2 * (len(gone) - sum(gone)) <= len(gone)
        case "one" | "part" if perhaps:
            return any(gone)
        case _:
            return all(gone)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.lists(groups(), max_size=14))
def test_losses_spread_as_by_hand(drawn: list[Group]) -> None:
    resilience = Resilience(Needs(tuple(drawn), {}))
    known = set(resilience.things)
    names = sorted({thing.name for thing in known})
    for name, losses in zip(names, resilience.losses([[Thing(name)] for name in names]), strict=True):
        sure, maybe = (spread(drawn, name, perhaps) & known for perhaps in (False, True))
        stopped = {thing.name for thing in sure if thing.aspect == "works"}
        want = {
            thing: "yes" if thing in sure else "depends"
            for thing in maybe
            if thing.name != name and not (thing.aspect != "works" and thing.name in stopped)
        }
        assert {loss.thing: loss.verdict for loss in losses} == want
        for loss in losses:
            assert loss.because[0][0] == loss.thing
            assert loss.because[-1][1].name == name
            for (_, needed, _), (after, _, _) in zip(loss.because, loss.because[1:], strict=False):
                assert needed == after


def test_what_needs_each_other_works_until_one_fails() -> None:
    one, other, cause = Thing("one"), Thing("other"), Thing("cause")
    needs = (Group(one, "every", (other,), ""), Group(other, "every", (one,), ""), Group(one, "every", (cause,), ""))
    (losses,) = Resilience(Needs(needs, {})).losses([[cause]])
    assert {loss.thing for loss in losses} == {one, other}
