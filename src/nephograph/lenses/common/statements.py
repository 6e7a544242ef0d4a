"""Where a statement of a `PolicySet` was said: the same statement among the policies of the estate, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from nephograph.engines.identity import statement as said
from nephograph.engines.permissions import document
from nephograph.engines.permissions.policyset import PolicySet
from nephograph.model.verdict import Evidence

_Key: TypeAlias = tuple[int, bool, bool, frozenset[str], bool, frozenset[str]]


class Statements:
    """Statements of some policies of the estate, found by what they say. `text` spells names as the set does."""

    def __init__(self, policies: PolicySet, text: Callable[[str], str], every: Iterable[said.Policy]) -> None:
        self._set = policies
        self._found: dict[_Key, said.Statement] = {}
        for policy in every:
            for one in policy.statements:
                self._found.setdefault(_key_of(one, text), one)

    def evidence(self, policy: int, index: int) -> Evidence:
        """The statement of a policy (numbers of the set): how people find it, with its place where it has one."""
        one = self._set.policies[policy]
        found = self._found.get(_key(index, one.statements[index]))
        if found is not None:
            return found.evidence(found.name)
        sid = one.sids[index] if index < len(one.sids) else ""
        return Evidence(f"{self._set.names[policy]} statement {sid or index + 1}")


def _key(index: int, one: document.Statement) -> _Key:
    resources = one.resources or document.Patterns(("*",))
    return (
        index,
        one.deny,
        one.actions.excluded,
        frozenset(one.actions.texts),
        resources.excluded,
        frozenset(resources.texts),
    )


def _key_of(one: said.Statement, text: Callable[[str], str]) -> _Key:
    return (
        one.index,
        one.effect == "Deny",
        one.actions.negated,
        frozenset(pattern.lower() for pattern in one.actions.patterns),
        one.resources.negated,
        frozenset(map(text, one.resources.patterns)),
    )
