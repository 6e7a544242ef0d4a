"""The same closure by brute force: every substitution over every word, again and again until nothing is new."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from nephograph.model.facts import Fact
from nephograph.model.rule import Atom, StepRule

Instance = tuple[str, Atom, tuple[Atom, ...]]
"""(rule name, head, ground body)."""


def instances(rules: Sequence[StepRule], words: Sequence[str]) -> list[tuple[StepRule, dict[str, str]]]:
    found = []
    for rule in rules:
        variables = sorted({t for a in rule.when for t in a.terms if t.startswith("?")})
        values = itertools.product(words, repeat=len(variables))
        found += [(rule, dict(zip(variables, some, strict=True))) for some in values]
    return found


def put(atom: Atom, binding: dict[str, str]) -> Atom:
    return Atom(atom.predicate, tuple(binding.get(t, t) for t in atom.terms))


def costs(
    rules: Sequence[StepRule],
    facts: Iterable[Fact],
    words: Sequence[str],
    only_entries: frozenset[Instance] | None = None,
) -> dict[Atom, tuple[int, int]]:
    """Every derivable atom with (0 proven | 1 conditional, fewest moves), by repeated relaxation."""
    derived = {"has", *(r.then.predicate for r in rules)}
    truth = {Atom(f.predicate, f.args): int(f.verdict.answer == "depends") for f in facts if f.verdict.answer != "no"}
    ground = []
    for rule, binding in instances(rules, words):
        body = tuple(put(a, binding) for a in rule.when)
        conditions = [a for a in body if a.predicate not in derived]
        premises = tuple(dict.fromkeys(a for a in body if a.predicate in derived))
        head = put(rule.then, binding)
        if all(c in truth for c in conditions) and head not in premises:
            if not premises and only_entries is not None and (rule.name, head, body) not in only_entries:
                continue
            ground.append((head, premises, max([truth[c] for c in conditions], default=0)))
    best: dict[Atom, tuple[int, int]] = {}
    # Proven atoms first: a conditional proof never shortens a proven one.
    for rank in (0, 1):
        settled = dict(best)
        changed = True
        while changed:
            changed = False
            for head, premises, doubt in ground:
                if head in settled or any(p not in best for p in premises):
                    continue
                cost = (max([doubt, *(best[p][0] for p in premises)]), 1 + sum(best[p][1] for p in premises))
                if cost[0] <= rank and (head not in best or cost < best[head]):
                    best[head] = cost
                    changed = True
    return best
