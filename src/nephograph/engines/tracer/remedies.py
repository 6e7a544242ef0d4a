"""The smallest edits that let a dropped packet pass, reason by reason: found by the files of `mending/`."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable

from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.hop import Drop
from nephograph.engines.tracer.question import Candidate, Question
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy

__all__ = ["Remedy", "remedies"]


def remedies(ground: Ground, drop: Drop, candidate: Candidate, question: Question) -> list[Remedy]:
    """Every way to mend this drop, smallest first; empty when no edit of the estate does it."""
    how = _how().get(drop.reason)
    if how is None or drop.facts.get("unknown"):
        return []
    return how(Case(ground, drop, candidate, question))


@functools.cache
def _how() -> dict[Reason, Callable[[Case], list[Remedy]]]:
    import nephograph.engines.tracer.mending as room

    found: dict[Reason, Callable[[Case], list[Remedy]]] = {}
    for module in pkgutil.iter_modules(room.__path__):
        found |= importlib.import_module(f"nephograph.engines.tracer.mending.{module.name}").HOW
    return found
