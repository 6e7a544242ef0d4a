"""The hypergraph: moves from premises to a head, as compressed rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]
Offsets: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Rows(NamedTuple):
    """Row `r` is `items[start[r]:start[r + 1]]`. `start` has one entry more than there are rows."""

    start: Offsets
    items: Ints

    def row(self, at: int) -> Ints:
        """One row."""
        found: Ints = self.items[self.start[at] : self.start[at + 1]]
        return found

    def sizes(self, rows: Ints | Offsets) -> Offsets:
        """How long these rows are."""
        sizes: Offsets = self.start[rows + 1] - self.start[rows]
        return sizes

    def of(self, rows: Ints | Offsets) -> Ints:
        """The items of several rows, one row after the other."""
        return self.items[self.places(rows)]

    def places(self, rows: Ints | Offsets) -> Offsets:
        """Where the items of several rows stand, one row after the other."""
        sizes = self.sizes(rows)
        total = int(sizes.sum())
        ends = np.cumsum(sizes)
        found: Offsets = np.arange(total, dtype=np.int64) + np.repeat(self.start[rows] - (ends - sizes), sizes)
        return found


class Hypergraph(NamedTuple):
    """Atoms are 0 … `atoms`-1, moves 0 … len(`head`)-1.

    Move `m` yields the atom `head[m]` once `needs[m]` of its `premises` (distinct atoms) hold: all of them for an AND,
    one for an OR, k for a quorum, none for what is given. `uses` and `into` are the moves that need and that yield an
    atom.
    """

    atoms: int
    head: Ints
    premises: Rows
    needs: Ints
    uses: Rows
    into: Rows

    @property
    def moves(self) -> int:
        """How many moves there are."""
        return len(self.head)


def rows(lists: Iterable[Sequence[int]]) -> Rows:
    """Rows from lists; an item is kept once a row."""
    start: list[int] = [0]
    items: list[int] = []
    for one in lists:
        items += dict.fromkeys(one)
        start.append(len(items))
    return Rows(np.asarray(start, dtype=np.int64), np.asarray(items, dtype=np.int32))


def turned(found: Rows, count: int) -> Rows:
    """The inverse: for each of `count` items, the rows it stands in, ascending."""
    sizes = np.bincount(found.items, minlength=count)
    start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))
    owners = np.repeat(np.arange(len(found.start) - 1, dtype=np.int32), np.diff(found.start))
    return Rows(start, owners[np.argsort(found.items, kind="stable")])


def from_arrays(atoms: int, head: Ints, premises: Rows, needs: Ints | None = None) -> Hypergraph:
    """A hypergraph of ready arrays; without `needs` a move needs all of its premises.

    Raises ValueError for an atom that is not one of `atoms`, and for a move that needs more than its premises.
    """
    sizes = np.diff(premises.start).astype(np.int32)
    wanted = sizes if needs is None else needs
    for found, what in ((head, "head"), (premises.items, "premise")):
        if len(found) and (int(found.min()) < 0 or int(found.max()) >= atoms):
            raise ValueError(f"a {what} is no atom: atoms are 0 to {atoms - 1}")
    if len(wanted) and (bool((wanted > sizes).any()) or int(wanted.min()) < 0):
        raise ValueError("a move needs more premises than it has, or fewer than none")
    single = Rows(np.arange(len(head) + 1, dtype=np.int64), head)
    return Hypergraph(atoms, head, premises, wanted, turned(premises, atoms), turned(single, atoms))


def hypergraph(
    atoms: int, moves: Iterable[tuple[int, Sequence[int]]], needs: Sequence[int] | None = None
) -> Hypergraph:
    """A hypergraph of (head, premises) pairs; see `from_arrays`."""
    listed = list(moves)
    head = np.asarray([one for one, _ in listed], dtype=np.int32)
    wanted = None if needs is None else np.asarray(needs, dtype=np.int32)
    return from_arrays(atoms, head, rows(premises for _, premises in listed), wanted)
