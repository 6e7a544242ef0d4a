"""Policies under one set of decided facts, and what a layer of them says about an action or a whole service.

A layer is a tuple of instances; two principals with the same instances share everything that is worked out for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from nephograph.engines.permissions.comparison import Comparison
from nephograph.engines.permissions.context import Context
from nephograph.engines.permissions.diagram import FALSE, Diagram
from nephograph.engines.permissions.document import Policy, Statement
from nephograph.engines.permissions.formulas import Open, Questions, applies
from nephograph.engines.permissions.policyset import is_principal_key
from nephograph.engines.permissions.universe import Universe

Layer: TypeAlias = tuple[int, ...]
"""Numbers of instances."""
Cell: TypeAlias = tuple[int, int, int]
"""(action bits, when allowed, when denied)."""
Cells: TypeAlias = tuple[Cell, ...]
"""Disjoint by actions; what no cell holds is neither allowed nor denied."""

WIDE = 24
"""A statement that names more services than this is worked out once for all who hold it, not service by service."""


class Entry(msgspec.Struct, frozen=True):
    """One statement of an instance and the function that says when it applies."""

    statement: Statement
    when: int


class Instance:
    """One policy with the facts of a principal decided. `unknown` holds the variables of a content nobody knows."""

    __slots__ = ("entries", "narrow", "policy", "unknown", "wide")

    def __init__(self, policy: int, entries: tuple[Entry, ...], unknown: tuple[int, int] | None) -> None:
        self.policy = policy
        self.entries = entries
        self.unknown = unknown
        self.narrow: dict[str, list[Entry]] = defaultdict(list)
        self.wide: list[Entry] = []


class Layers:
    """The instances of one engine. What is worked out is kept; `forget` drops what is kept of a service."""

    def __init__(self, diagram: Diagram, questions: Questions, universe: Universe) -> None:
        self.diagram = diagram
        self.questions = questions
        self.universe = universe
        self.instances: list[Instance] = []
        self._numbers: dict[int, dict[tuple[bool | None, ...], int]] = {}
        self._reads: dict[int, tuple[Comparison, ...]] = {}
        self._bits: dict[tuple[int, str], tuple[tuple[int, bool, int], ...]] = {}
        self._at: dict[tuple[Layer, str, int], tuple[int, int]] = {}
        self._cells: dict[tuple[Layer, str], Cells] = {}
        self._interned: dict[Cells, Cells] = {}

    def forget(self, service: str) -> None:
        """The actions of a service have changed."""
        self._bits = {key: kept for key, kept in self._bits.items() if key[1] != service}
        self._at = {key: kept for key, kept in self._at.items() if key[1] != service}
        self._cells = {key: kept for key, kept in self._cells.items() if key[1] != service}

    def forget_all(self) -> None:
        """The actions of many services have changed."""
        for kept in (self._bits, self._at, self._cells):
            kept.clear()

    def replaced(self, number: int) -> None:
        """A policy has other content: its instances are nobody's any more."""
        self._reads.pop(number, None)
        self._numbers.pop(number, None)

    def reads(self, number: int, policy: Policy) -> tuple[Comparison, ...]:
        """The comparisons of a policy that facts about the principal may decide."""
        found = self._reads.get(number)
        if found is None:
            every = (comparison for statement in policy.statements for comparison in statement.conditions)
            found = self._reads[number] = tuple(dict.fromkeys(c for c in every if is_principal_key(c.name)))
        return found

    def instance(self, number: int, policy: Policy, facts: Context) -> int:
        """The number of a policy with what the facts decide."""
        reads = self.reads(number, policy)
        truths = tuple(comparison.holds(facts) for comparison in reads) if reads else ()
        kept = self._numbers.setdefault(number, {})
        found = kept.get(truths)
        if found is None:
            found = kept[truths] = self._make(number, policy, dict(zip(reads, truths, strict=True)))
        return found

    def _make(self, number: int, policy: Policy, decided: dict[Comparison, bool | None]) -> int:
        sure = {comparison: truth for comparison, truth in decided.items() if truth is not None}
        entries: list[Entry] = []
        for statement in policy.statements:
            self.universe.learn(statement.actions)
            when = applies(self.diagram, self.questions, statement, sure)
            if when != FALSE:
                entries.append(Entry(statement, when))
        unknown = None
        if policy.unknown:
            asked = [Open(f"whether it {verb}: {policy.unknown}") for verb in ("allows", "denies")]
            allows, denies = (self.diagram.node(self.questions.number(one), 0, 1) for one in asked)
            unknown = (allows, denies)
        made = Instance(number, tuple(entries), unknown)
        for entry in entries:
            named, others = self.universe.means(entry.statement.actions)
            if others or len(named) > WIDE:
                made.wide.append(entry)
            else:
                for service in named:
                    made.narrow[service].append(entry)
        self.instances.append(made)
        return len(self.instances) - 1

    def touched(self, number: int, service: str) -> tuple[tuple[int, bool, int], ...]:
        """(action bits, deny, when) of the statements of an instance that bear on a service."""
        key = (number, service)
        found = self._bits.get(key)
        if found is None:
            one = self.instances[number]
            rows: list[tuple[int, bool, int]] = []
            for entry in (*one.narrow.get(service, ()), *one.wide):
                bits = self.universe.bits(service, entry.statement.actions)
                if bits:
                    rows.append((bits, entry.statement.deny, entry.when))
            if one.unknown is not None:
                every = self.universe.service(service).every
                rows += [(every, False, one.unknown[0]), (every, True, one.unknown[1])]
            found = self._bits[key] = tuple(rows)
        return found

    def at(self, layer: Layer, service: str, bit: int) -> tuple[int, int]:
        """(when allowed, when denied) for one action."""
        key = (layer, service, bit)
        found = self._at.get(key)
        if found is None:
            allow = deny = FALSE
            for number in layer:
                for bits, denies, when in self.touched(number, service):
                    if bits >> bit & 1:
                        if denies:
                            deny = self.diagram.either(deny, when)
                        else:
                            allow = self.diagram.either(allow, when)
            found = self._at[key] = (allow, deny)
        return found

    def cells(self, layer: Layer, service: str) -> Cells:
        """What a layer says about every action of a service."""
        key = (layer, service)
        found = self._cells.get(key)
        if found is None:
            rows = [row for number in layer for row in self.touched(number, service)]
            found = self._cells[key] = self.shared(self._partition(rows))
        return found

    def shared(self, cells: Cells) -> Cells:
        """Equal cells as one object."""
        return self._interned.setdefault(cells, cells)

    def _partition(self, rows: Sequence[tuple[int, bool, int]]) -> Cells:
        groups: list[tuple[int, int, int]] = []
        for bits, denies, when in rows:
            left = bits
            split: list[tuple[int, int, int]] = []
            for group, allow, deny in groups:
                inside = group & bits
                if not inside:
                    split.append((group, allow, deny))
                    continue
                left &= ~group
                if group != inside:
                    split.append((group & ~bits, allow, deny))
                either = self.diagram.either
                split.append((inside, allow, either(deny, when)) if denies else (inside, either(allow, when), deny))
            if left:
                split.append((left, FALSE, when) if denies else (left, when, FALSE))
            groups = split
        return merged(groups)


def merged(groups: Sequence[Cell]) -> Cells:
    """Cells that say the same as one, in a fixed order."""
    found: dict[tuple[int, int], int] = {}
    for bits, allow, deny in groups:
        if allow != FALSE or deny != FALSE:
            found[allow, deny] = found.get((allow, deny), 0) | bits
    return tuple(sorted((bits, allow, deny) for (allow, deny), bits in found.items()))
