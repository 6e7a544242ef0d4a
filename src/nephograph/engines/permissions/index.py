"""From a resource back to the classes that may do something to it: the inverted index of who-can.

A function can only hold for a resource that matches one of its triggers: the patterns whose high branch leaves the path
on which no pattern matches. Functions without triggers (`Resource: *`) are always looked at.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from nephograph.engines.permissions import variables
from nephograph.engines.permissions.diagram import FALSE
from nephograph.engines.permissions.effective import Permissions, Slice
from nephograph.engines.permissions.engine import Engine
from nephograph.engines.permissions.formulas import FIRST_CONDITION, Expands, Matches
from nephograph.engines.permissions.glob import matches

_SECOND_CONDITION = 2 * FIRST_CONDITION
"""Variables below are patterns of resources, with or without policy variables in them."""


class _Service:
    """The index of one service."""

    __slots__ = ("always", "bundles", "classes", "prefixes", "slices", "triggers")

    def __init__(self) -> None:
        self.slices: dict[int, list[Slice]] = {}
        self.classes: dict[Slice, list[int]] = defaultdict(list)
        self.bundles: dict[Slice, list[int]] = defaultdict(list)
        self.always: list[int] = []
        self.triggers: dict[str, list[int]] = {}
        self.prefixes: dict[str, list[str]] = defaultdict(list)


class ByResource:
    """(service, resource) -> functions and the classes that have them. What was replaced is skipped when asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._services: dict[str, _Service] = defaultdict(_Service)
        self._permissions: dict[int, Permissions] = {}
        self._bundles: dict[int, dict[int, None]] = {}
        self._kept: list[dict[str, Slice]] = []

    def add(self, number: int, permissions: Permissions) -> None:
        """A class, with what it may do now."""
        self._permissions[number] = permissions
        for service, one in permissions.special.items():
            if one:
                here = self._services[service]
                here.classes[one].append(number)
                self._slice(here, one)
        shared = permissions.shared
        if not shared:
            return
        members = self._bundles.get(id(shared))
        if members is None:
            members = self._bundles[id(shared)] = {}
            self._kept.append(shared)  # so that its id stays its own
            for service, one in shared.items():
                here = self._services[service]
                here.bundles[one].append(id(shared))
                self._slice(here, one)
        members[number] = None

    def remove(self, number: int) -> None:
        """A class that nobody is in any more."""
        self._permissions.pop(number, None)

    def _slice(self, here: _Service, one: Slice) -> None:
        if len(here.classes.get(one, ())) + len(here.bundles.get(one, ())) > 1:
            return
        for _, when in one:
            if when in here.slices:
                here.slices[when].append(one)
                continue
            here.slices[when] = [one]
            self._function(here, when)

    def _function(self, here: _Service, when: int) -> None:
        diagram, questions = self._engine.diagram, self._engine.questions
        found: list[str] = []
        left = when
        while left != FALSE and diagram.var[left] < _SECOND_CONDITION:
            if diagram.high[left] != FALSE:
                question = questions.question(diagram.var[left])
                assert isinstance(question, Matches | Expands)
                text = question.pattern
                found.append(text if isinstance(question, Matches) else variables.stars(text))
            left = diagram.low[left]
        if left != FALSE:
            here.always.append(when)
            return
        for pattern in found:
            if pattern not in here.triggers:
                here.triggers[pattern] = []
                wild = next((place for place, char in enumerate(pattern) if char in "*?"), len(pattern))
                here.prefixes[pattern[:wild]].append(pattern)
            here.triggers[pattern].append(when)

    def functions(self, service: str, resource: str) -> list[int]:
        """The functions of a service that may hold for a resource."""
        here = self._services.get(service)
        if here is None:
            return []
        found = dict.fromkeys(here.always)
        for end in range(len(resource) + 1):
            for pattern in here.prefixes.get(resource[:end], ()):
                if matches(pattern, resource):
                    found.update(dict.fromkeys(here.triggers[pattern]))
        return list(found)

    def has(self, service: str, bit: int, when: int) -> bool:
        """Does any class have the function for an action, now?"""
        return next(self.classes(service, bit, when), None) is not None

    def classes(self, service: str, bit: int, when: int) -> Iterator[int]:
        """The classes for which an action is a function, now; each once."""
        here = self._services[service]
        for one in here.slices.get(when, ()):
            if not any(bits >> bit & 1 and other == when for bits, other in one):
                continue
            shared = (number for bundle in here.bundles.get(one, ()) for number in self._bundles[bundle])
            # A class stands in two places when its own slice is what others share, or when it was replaced.
            seen: set[int] = set()
            for number in itertools.chain(here.classes.get(one, ()), shared):
                if number not in seen and self._is(number, service, one):
                    seen.add(number)
                    yield number

    def _is(self, number: int, service: str, one: Slice) -> bool:
        permissions = self._permissions.get(number)
        return permissions is not None and permissions.of(service) == one
