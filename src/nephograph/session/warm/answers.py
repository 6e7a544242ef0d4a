"""Findings and attack paths in step with an estate: what has read nothing that changed stands as it is."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from nephograph.lenses.common.attack import Attack, attack_paths
from nephograph.lenses.common.context import Context
from nephograph.lenses.common.findings import by_message, group_of, of_resource, order
from nephograph.library.policies.documents import carried
from nephograph.library.registry import checks_for, kinds_of
from nephograph.library.sdk import Check
from nephograph.model.answer import Finding
from nephograph.model.errors import Problem
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence
from nephograph.session.warm.facts import WatchedFacts
from nephograph.session.warm.reads import Reads, Work

_MANY = 500
"""From so many resources on that changed, all findings are sorted anew."""


class Answers:
    """What the checks and the search for attack paths have found, each with what it has read."""

    def __init__(self, context: Context, reads: Reads, limit: int) -> None:
        self._reads = reads
        self._limit = limit
        self.context = context
        present = context.estate.kinds()
        self.checks = checks_for(present)
        self._rank = {check.code: position for position, check in enumerate(self.checks)}
        self._of_kind: dict[str, list[Check]] = defaultdict(list)
        for check in self.checks:
            for kind in kinds_of(check, present):
                self._of_kind[kind].append(check)
        self._found: dict[str, list[Finding]] = {}
        self._failed: dict[str, list[Problem]] = {}
        self._sorted: list[Finding] = []
        self._keys: list[Any] = []
        """Every finding of the last answer in its order, and what orders it; those of `_again` have run since."""
        self._told: dict[str, list[Any]] = {}
        """The keys of the findings of a resource that stand there."""
        self._again: set[str] = set()
        self._in_file: dict[str, set[str]] = defaultdict(set)
        """Resources with findings in a file, and some that had one."""
        self._works: dict[str, Work] = {}
        self._attack: Attack | None = None
        self._paths = Work("paths")
        self.reruns = 0
        """Resources whose checks ran since the last question."""

    @property
    def facts(self) -> WatchedFacts:
        """The engines."""
        assert isinstance(self.context.facts, WatchedFacts)
        return self.context.facts

    def run(self, resources: Iterable[Resource]) -> None:
        """Run every check of these resources."""
        for resource in resources:
            self.reruns += 1
            self._again.add(resource.urn)
            known = self._works.pop(resource.urn, None)
            if known is not None:
                self._reads.drop(known)
            work = Work(resource.urn, own=resource.urn)
            # What a resource carries is kept by the resource alone: whoever asks has to read it.
            carried.cache_clear()
            with self._reads.of(work):
                found, failed = of_resource(self.context, self._of_kind.get(resource.kind, ()), resource)
                _place(fact for one in found for fact in one.evidence)
            for one in found:
                if one.location is not None:
                    self._in_file[one.location.file].add(resource.urn)
            self._found.pop(resource.urn, None)
            self._failed.pop(resource.urn, None)
            if found:
                self._found[resource.urn] = found
            if failed:
                self._failed[resource.urn] = failed
            self._works[resource.urn] = work

    def follow(self, resources: Sequence[Resource], stale: set[Work], context: Context, engines: bool) -> None:
        """Renew what belongs to resources that changed, and what rests on what changed.

        `engines` is True when the engines of the context are new: whoever has asked the old ones asks again.
        """
        self.context = context
        self.reruns = 0
        if engines:
            otherwise = {work for work in (*self._works.values(), self._paths) if work.uses}
        else:
            otherwise = self._answered_otherwise(self.facts.forget(stale))
        again = {resource.urn for resource in resources}
        again |= {urn for work in stale | otherwise if self._works.get(urn := work.name) is work}
        if self._paths in stale | otherwise:
            self._attack = None
        self.run(self.context.estate.resources[urn] for urn in sorted(again))

    def moved(self, file: str) -> None:
        """Findings in the file may stand in other lines now: causes are told apart by their lines."""
        for urn in self._in_file.get(file, ()):
            for one in self._found.get(urn, ()):
                if one.group != (group := group_of(one.code, one.resource.urn, one.origin)):
                    msgspec.structs.force_setattr(one, "group", group)

    def _answered_otherwise(self, stood: dict[Work, Any]) -> set[Work]:
        """Who has asked something that has another answer now."""
        carried.cache_clear()
        found: set[Work] = set()
        for question, answer in stood.items():
            users = {user for user in question.users if user is self._paths or self._is_check(user)}
            if not users <= found and self.facts.differs(question, answer):
                found |= users
        return found

    def _is_check(self, work: Work) -> bool:
        return self._works.get(work.name) is work

    def attack(self) -> Attack:
        """The attack paths."""
        if self._attack is None:
            self._reads.drop(self._paths)
            carried.cache_clear()
            with self._reads.of(self._paths):
                self._attack = attack_paths(self.context, self._limit)
                _place(fact for path in self._attack.paths for step in path.steps for fact in step.because)
                _place(fact for finding in self._attack.findings for fact in finding.evidence)
        return self._attack

    def findings(self) -> list[Finding]:
        """Every finding, in its order."""
        if len(self._again) > _MANY:
            pairs = [(order(one), one) for found in self._found.values() for one in found]
            pairs.sort(key=_first)
            self._keys, self._sorted = [key for key, _ in pairs], [one for _, one in pairs]
            self._told = {urn: [order(one) for one in found] for urn, found in self._found.items()}
        else:
            # A few of many change: what stands is neither compared nor copied.
            for urn in self._again:
                for key in self._told.pop(urn, ()):
                    at = bisect.bisect_left(self._keys, key)
                    del self._keys[at], self._sorted[at]
                fresh = self._found.get(urn, [])
                self._told[urn] = [order(one) for one in fresh]
                for one, key in zip(fresh, self._told[urn], strict=True):
                    at = bisect.bisect_right(self._keys, key)
                    self._keys.insert(at, key)
                    self._sorted.insert(at, one)
        self._again = set()
        return self._sorted

    def failed(self) -> list[Problem]:
        """The checks that failed, in their order."""
        return sorted((problem for failed in self._failed.values() for problem in failed), key=by_message)


def _first(pair: tuple[Any, Finding]) -> Any:
    return pair[0]


def _place(facts: Iterable[Evidence]) -> None:
    """Look for the places of facts now, where it is known who asks: a fact that is told looks only once."""
    for fact in facts:
        if fact.field is not None:
            # Many who tell it may have one fact of the engines: each has read the place.
            resource, path = fact.field
            resource.origin(*path)
        _ = fact.text, fact.location
