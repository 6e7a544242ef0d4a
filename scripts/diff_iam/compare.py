"""One case put to both: the same answer, or a difference."""

from __future__ import annotations

from typing import NamedTuple

from nephograph.identity import Decision
from nephograph.identity.cases import case, run
from scripts.diff_iam.shape import GONE, Json, changed
from scripts.diff_iam.simulator import Theirs

_OURS = {"allowed": "Allowed", "implicitly_denied": "ImplicitlyDenied", "explicitly_denied": "ExplicitlyDenied"}


def ours(one: Json) -> Decision:
    """Our decision."""
    return run(case(one)).decision


class Difference(NamedTuple):
    """One case the two do not agree on."""

    case: Json
    ours: str
    theirs: str


def compare(one: Json, theirs: Theirs) -> Difference | str:
    """The difference, or why there is none: `same`, or `error: …` where they refuse the case.

    Context that they take out, because AWS's reference has no such key for the action, is taken out for us, too.
    """
    answer = theirs.decide(one)
    if "error" in answer:
        return f"error: {answer['error'][:160]}"
    if answer["ignored"]:
        one = changed(one, *((("request", "context", key), GONE) for key in answer["ignored"]))
    effect = ours(one).effect
    if _OURS.get(effect) == answer["result"]:
        return "same"
    return Difference(one, effect, answer["result"])
