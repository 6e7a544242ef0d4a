"""Best proofs in a closure: proven before conditional, then fewest steps, then the text of the move."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nephograph.engines.paths.closure import Move
from nephograph.model.rule import Atom

Cost = tuple[int, int]
"""(0 proven, 1 conditional; number of moves, a move counted once for every use)."""


class Best(NamedTuple):
    """The best move for every atom that can be derived, and what its proof costs."""

    move: dict[Atom, Move]
    cost: dict[Atom, Cost]

    def proof(self, last: Move) -> list[Move] | None:
        """The moves that lead to `last`, premises first, each once; None when they would need what `last` yields."""
        done: dict[Atom, None] = {}
        order: list[Move] = []
        stack: list[tuple[Move, bool]] = [(last, False)]
        while stack:
            move, ready = stack.pop()
            if ready:
                if move.head not in done:
                    done[move.head] = None
                    order.append(move)
                continue
            if move.head in done:
                continue
            stack.append((move, True))
            for premise in reversed(move.premises):
                if premise == last.head:
                    return None
                if premise not in done:
                    stack.append((self.move[premise], False))
        return order


class Graph:
    """Moves indexed by what they need and by what they yield."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.moves = moves
        self.entries = [move for move in moves if not move.premises]
        self.into: dict[Atom, list[Move]] = defaultdict(list)
        self._needs: dict[Atom, list[int]] = defaultdict(list)
        self._position = {move.key: at for at, move in enumerate(moves)}
        for position, move in enumerate(moves):
            self.into[move.head].append(move)
            for premise in move.premises:
                self._needs[premise].append(position)

    def best(self, entries: Iterable[Move], spend: Callable[[int], bool] = lambda _: True) -> Best:
        """Best proofs that enter only by `entries` (Knuth's generalisation of Dijkstra to hypergraphs).

        Every premise of a move is settled, at a lower cost, before the move is looked at; so ties are decided by the
        text of the move alone. `spend` is told of every settled atom and stops the search by answering False.
        """
        found = Best({}, {})
        missing: dict[int, int] = {}
        heap: list[tuple[Cost, int, Move]] = []
        for move in entries:
            heapq.heappush(heap, ((_rank(move), 1), self._position[move.key], move))
        while heap:
            cost, _, move = heapq.heappop(heap)
            if move.head in found.cost:
                continue
            found.cost[move.head] = cost
            found.move[move.head] = move
            if not spend(1):
                break
            for at in self._needs[move.head]:
                left = missing.get(at, len(self.moves[at].premises)) - 1
                missing[at] = left
                if left == 0:
                    later = self.moves[at]
                    parts = [found.cost[premise] for premise in later.premises]
                    rank = max(_rank(later), *(part[0] for part in parts))
                    heapq.heappush(heap, ((rank, 1 + sum(part[1] for part in parts)), at, later))
        return found


def _rank(move: Move) -> int:
    return 0 if move.verdict.answer == "yes" else 1
