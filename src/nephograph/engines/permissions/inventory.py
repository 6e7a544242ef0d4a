"""Known resources as numbers, and sets of them as ranges of numbers.

ARNs are ordered by service, account, region and the rest, so that what a pattern covers is a few ranges: a prefix of
one account's queues is one. A set is a flat tuple (from, to, from, to …), ascending, ends excluded.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from nephograph.engines.permissions.diagram import FALSE, Diagram
from nephograph.engines.permissions.formulas import FIRST_CONDITION, Matches, Questions
from nephograph.engines.permissions.glob import compiled

Ranges: TypeAlias = tuple[int, ...]

_ACCOUNT = re.compile(r"\d{12}")
_END = "\U0010ffff"
_NUMBERED = re.compile(r"(?:^|:)\d{12}:")


def _key(arn: str) -> tuple[str, ...]:
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return (arn, "", "", "", "")
    return (parts[2], parts[4], parts[3], parts[5], parts[1])


def _wild(text: str) -> bool:
    return "*" in text or "?" in text


def _prefix(text: str) -> str:
    return text[: next((place for place, char in enumerate(text) if char in "*?"), len(text))]


class Inventory:
    """The ARNs of an organization."""

    def __init__(self, arns: Iterable[str]) -> None:
        keyed = sorted((_key(arn), arn) for arn in set(arns))
        self.arns = [arn for _, arn in keyed]
        self._keys = [key for key, _ in keyed]
        self.every: Ranges = (0, len(self.arns)) if self.arns else ()
        self._kept: dict[str, Ranges] = {}
        self._partitions = {key[4] for key in self._keys}
        self._odd: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            if ":" in key[3] and _NUMBERED.search(key[3]):
                self._odd[key[0]].append(number)

    def __len__(self) -> int:
        return len(self.arns)

    def of_service(self, service: str) -> Ranges:
        """The resources of a service."""
        low = bisect.bisect_left(self._keys, (service,))
        high = bisect.bisect_left(self._keys, (service, _END))
        return (low, high) if low < high else ()

    def matching(self, pattern: str) -> Ranges:
        """The resources that a pattern without variables covers."""
        found = self._kept.get(pattern)
        if found is None:
            found = self._kept[pattern] = self._matching(pattern)
        return found

    def _matching(self, pattern: str) -> Ranges:
        if not pattern.strip("*"):
            return self.every
        low, high, exact, more = self._block(pattern)
        if exact:
            return (low, high) if low < high else ()
        matches = compiled(pattern)
        found: list[int] = []
        for number in sorted({*range(low, high), *more}) if more else range(low, high):
            if matches(self.arns[number]):
                if found and found[-1] == number:
                    found[-1] = number + 1
                else:
                    found += (number, number + 1)
        return tuple(found)

    def _block(self, pattern: str) -> tuple[int, int, bool, list[int]]:
        """(from, to, whether the pattern covers all between, others it may cover).

        `*` passes colons, so what stands behind a wildcard narrows nothing by itself. An account behind a wild region
        does: an ARN that matches is of that account, or holds its number further right.
        """
        parts = pattern.split(":", 5)
        if len(parts) < 6 or any(map(_wild, parts[:3])):
            return 0, len(self.arns), False, []
        _, partition, service, region, account, rest = parts
        if _wild(account) or (_wild(region) and not _ACCOUNT.fullmatch(account)):
            return *self._between((service,)), False, []
        if _wild(region):
            return *self._between((service, account)), False, self._odd.get(service, [])
        low = bisect.bisect_left(self._keys, (service, account, region, _prefix(rest)))
        high = bisect.bisect_left(self._keys, (service, account, region, _prefix(rest) + _END))
        exact = self._partitions == {partition} and _wild(rest) and not rest[len(_prefix(rest)) :].strip("*")
        return low, high, exact, []

    def _between(self, key: tuple[str, ...]) -> tuple[int, int]:
        return bisect.bisect_left(self._keys, key), bisect.bisect_left(self._keys, (*key, _END))


def size(ranges: Ranges) -> int:
    """How many resources."""
    return sum(ranges[i + 1] - ranges[i] for i in range(0, len(ranges), 2))


def common(a: Ranges, b: Ranges) -> Ranges:
    """What is in both."""
    if not a or not b:
        return ()
    if len(a) == len(b) == 2:
        low, high = max(a[0], b[0]), min(a[1], b[1])
        return (low, high) if low < high else ()
    found: list[int] = []
    i = j = 0
    while i < len(a) and j < len(b):
        low, high = max(a[i], b[j]), min(a[i + 1], b[j + 1])
        if low < high:
            found += (low, high)
        if a[i + 1] <= b[j + 1]:
            i += 2
        else:
            j += 2
    return tuple(found)


def without(a: Ranges, b: Ranges) -> Ranges:
    """What is in the first and not in the second."""
    if not a or not b:
        return a
    found: list[int] = []
    j = 0
    for i in range(0, len(a), 2):
        low, high = a[i], a[i + 1]
        while j < len(b) and b[j + 1] <= low:
            j += 2
        k = j
        while k < len(b) and b[k] < high:
            if b[k] > low:
                found += (low, b[k])
            low = max(low, b[k + 1])
            k += 2
        if low < high:
            found += (low, high)
    return tuple(found)


def union(a: Ranges, b: Ranges) -> Ranges:
    """What is in either."""
    if not a or not b:
        return a or b
    pairs = sorted([*zip(a[::2], a[1::2], strict=True), *zip(b[::2], b[1::2], strict=True)])
    found: list[int] = []
    for low, high in pairs:
        if found and low <= found[-1]:
            found[-1] = max(found[-1], high)
        else:
            found += (low, high)
    return tuple(found)


class Projection:
    """Functions over the inventory: residual condition -> the resources it is asked of, disjoint."""

    def __init__(self, inventory: Inventory, diagram: Diagram, questions: Questions) -> None:
        self.inventory = inventory
        self._diagram = diagram
        self._questions = questions
        self._kept: dict[int, tuple[tuple[int, Ranges], ...]] = {}

    def of(self, function: int) -> tuple[tuple[int, Ranges], ...]:
        """(residual, resources) of a function, over the whole inventory; what is never allowed is left out."""
        found = self._kept.get(function)
        if found is None:
            found = self._kept[function] = self._of(function)
        return found

    def _of(self, function: int) -> tuple[tuple[int, Ranges], ...]:
        if function == FALSE:
            return ()
        var = self._diagram.var[function]
        if var >= FIRST_CONDITION:
            return ((function, self.inventory.every),)
        question = self._questions.question(var)
        assert isinstance(question, Matches)
        inside = self.inventory.matching(question.pattern)
        found: dict[int, Ranges] = {}
        for residual, ranges in self.of(self._diagram.high[function]):
            here = common(ranges, inside)
            if here:
                found[residual] = here
        for residual, ranges in self.of(self._diagram.low[function]):
            here = without(ranges, inside)
            if here:
                found[residual] = union(found.get(residual, ()), here)
        return tuple(found.items())
