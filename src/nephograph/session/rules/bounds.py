"""How long rules may take: each one, and all of them together, for a scanned tree may hold many."""

from __future__ import annotations

import time

from nephograph.library.own_rules import Asked
from nephograph.library.sdk import Check
from nephograph.model.errors import Problem

TOTAL = 60.0
"""Seconds for all rules of one language."""


class Clock:
    """The time that is left for the rules of one question."""

    def __init__(self, each: float, total: float = TOTAL) -> None:
        self._each = each
        self._until = time.monotonic() + total

    def left(self) -> float:
        """Seconds for the next rule; 0 when there is no time left."""
        return max(0.0, min(self._each, self._until - time.monotonic()))


def unasked(rule: Check) -> Asked:
    """A rule for which there was no time left."""
    said = f"{rule.origin} was not asked: the rules before it took {TOTAL:g} seconds together"
    return Asked(rule, problems=(Problem("rule-failed", said, "ask for less with each rule, or name fewer of them"),))
