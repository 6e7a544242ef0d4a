"""Attack paths to targets: one for each way in and each last technique, the simplest first, bounded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nephograph.engines.paths.closure import Closure, Move
from nephograph.engines.paths.proofs import Best, Graph
from nephograph.engines.paths.ranking import ranked
from nephograph.engines.paths.story import Resources, tell
from nephograph.model.answer import AttackPath, Severity
from nephograph.model.rule import Atom

WORK = 2_000_000
"""Atoms that may be settled while paths are looked for."""


class Target(NamedTuple):
    """Something worth having: a ground atom the closure may derive, how bad its loss is, and what it yields."""

    atom: Atom
    severity: Severity = Severity.HIGH
    yields: str = ""


class Paths(NamedTuple):
    """The paths, ranked; the proof behind each, by path id; and what was left out ("" when nothing)."""

    paths: tuple[AttackPath, ...]
    proofs: dict[str, tuple[Move, ...]]
    cut: str = ""


def paths_to(
    closure: Closure, targets: Iterable[Target], resources: Resources, per_target: int = 10, work: int = WORK
) -> Paths:
    """The simplest path for each way in (entry step) and each last technique that reaches a target.

    Proofs with one entry step are found for every entry on its own. A target that needs several entries at once gets
    its best proof over all entries. At most `per_target` paths are kept for a target, first in rank; `cut` says so.
    """
    graph = Graph(closure.moves)
    wanted = {target.atom: target for target in targets if target.atom in graph.into}
    proofs: dict[Atom, dict[str, tuple[AttackPath, tuple[Move, ...]]]] = {atom: {} for atom in wanted}
    budget = _Budget(work)

    def keep(best: Best, alone: bool) -> None:
        for atom, target in wanted.items():
            if atom not in best.cost:
                continue
            for proof in _by_last_technique(graph, best, atom):
                path = tell(proof, resources, target.severity, target.yields)
                if alone or not _enters_by_less(proof, proofs[atom].values()):
                    proofs[atom].setdefault(path.id, (path, tuple(proof)))

    if wanted:
        for entry in graph.entries:
            if budget.spent:
                break
            keep(graph.best([entry], budget.spend), alone=True)
        keep(graph.best(graph.entries), alone=False)
    kept: list[AttackPath] = []
    cut = [closure.cut] if closure.cut else []
    if budget.left <= 0:
        cut.append("attack paths: the search was ended before every way in was followed")
    for atom in sorted(wanted, key=str):
        found = ranked(path for path, _ in proofs[atom].values())
        kept += found[:per_target]
        if len(found) > per_target:
            cut.append(f"attack paths: {len(found) - per_target} more ways to {found[0].target.label} are not listed")
    order = ranked(kept)
    known = {path_id: proof for found_ in proofs.values() for path_id, (_, proof) in found_.items()}
    return Paths(tuple(order), {path.id: known[path.id] for path in order}, "; ".join(cut))


class _Budget:
    """Counts settled atoms down; once it is spent, searches stop."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.spent = False

    def spend(self, amount: int) -> bool:
        self.left -= amount
        self.spent = self.left <= 0
        return not self.spent


def _by_last_technique(graph: Graph, best: Best, atom: Atom) -> list[Sequence[Move]]:
    """The cheapest proof of an atom for every rule that can be its last step."""
    candidates = [move for move in graph.into[atom] if all(premise in best.cost for premise in move.premises)]
    # Without the best move's own entry, an entry move is not part of this search.
    candidates = [move for move in candidates if move.premises or best.move[atom] is move]

    def price(move: Move) -> tuple[int, int]:
        parts = [best.cost[premise] for premise in move.premises]
        rank = max([int(move.verdict.answer != "yes"), *(part[0] for part in parts)])
        return rank, 1 + sum(part[1] for part in parts)

    found: dict[str, Sequence[Move]] = {}
    for move in sorted(candidates, key=lambda m: (price(m), m.key.text)):
        if move.key.rule not in found:
            proof = best.proof(move)
            if proof is not None:
                found[move.key.rule] = proof
    return list(found.values())


def _enters_by_less(proof: Sequence[Move], others: Iterable[tuple[AttackPath, tuple[Move, ...]]]) -> bool:
    """Is there a path with the same last technique that needs only some of these entries?"""
    entries = {move.key for move in proof if not move.premises}
    return any(
        other[-1].key.rule == proof[-1].key.rule and {m.key for m in other if not m.premises} <= entries
        for _, other in others
    )
