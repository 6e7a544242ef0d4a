"""The patterns of one Action element as sets and matchers: which actions it names, without asking every pattern.

Policies of a thousand patterns (AWS's own SecurityAudit) are asked about thousands of actions; a look into a set and
the few patterns of one service answer each. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable

from nephograph.engines.permissions.glob import compiled


class Names:
    """Patterns of actions, in any case. Only for texts in which nothing is unknown."""

    __slots__ = ("_anywhere", "_exact", "_of_service")

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._exact: set[str] = set()
        self._of_service: dict[str, list[Callable[[str], bool]]] = defaultdict(list)
        self._anywhere: list[Callable[[str], bool]] = []
        for text in patterns:
            lower = text.lower()
            head, colon, _ = lower.partition(":")
            if "*" not in lower and "?" not in lower:
                self._exact.add(lower)
            elif colon and "*" not in head and "?" not in head:
                self._of_service[head].append(compiled(lower))
            else:
                self._anywhere.append(compiled(lower))

    def cover(self, action: str) -> bool:
        """Does a pattern cover the action?"""
        lower = action.lower()
        if lower in self._exact:
            return True
        here = self._of_service.get(lower.partition(":")[0], ())
        return any(matches(lower) for matches in (*here, *self._anywhere))


@functools.lru_cache(maxsize=1 << 13)
def names(patterns: tuple[str, ...]) -> Names | None:
    """`Names`, kept; None where a text holds an unknown piece, or letters whose case is not a matter of one letter."""
    return Names(patterns) if all(map(str.isascii, patterns)) else None
