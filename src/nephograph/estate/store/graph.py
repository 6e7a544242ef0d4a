"""Edge arrays (compressed sparse rows) of one kind and direction, memory-mapped, and walks over them.

Nodes are entity ids. `indptr` runs over the ids `base` … `base + len(indptr) - 2` only, because entities of one kind
lie together; outside of it a node has no edges. Neighbours of a node are ascending.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    import numpy as np

Direction = Literal["out", "in"]
"""`out` runs with the edges, `in` against them."""


class Csr(msgspec.Struct, frozen=True):
    """The edges of one kind in one direction. Arrays: `indptr` uint32 or uint64, `indices` uint32."""

    base: int
    indptr: np.ndarray
    indices: np.ndarray

    def neighbours(self, node: int) -> np.ndarray:
        """The ids that a node's edges lead to, ascending; with two edges, twice."""
        row = node - self.base
        if not 0 <= row < len(self.indptr) - 1:
            return self.indices[:0]
        return self.indices[self.indptr[row] : self.indptr[row + 1]]

    def gather(self, nodes: np.ndarray) -> np.ndarray:
        """The neighbours of many nodes, one after the other."""
        import numpy as np

        rows = nodes.astype(np.int64) - self.base
        rows = rows[(rows >= 0) & (rows < len(self.indptr) - 1)]
        starts = self.indptr[rows].astype(np.int64)
        lengths = self.indptr[rows + 1].astype(np.int64) - starts
        total = int(lengths.sum())
        if not total:
            return self.indices[:0]
        ends = np.cumsum(lengths)
        at = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
        found: np.ndarray = self.indices[at]
        return found


def empty() -> Csr:
    """No edges."""
    import numpy as np

    return Csr(0, np.zeros(1, np.uint32), np.zeros(0, np.uint32))


def build(source: np.ndarray, target: np.ndarray) -> Csr:
    """The arrays for edges given by both ends (uint32, any order)."""
    import numpy as np

    if not len(source):
        return empty()
    key = (source.astype(np.uint64) << np.uint64(32)) | target
    key.sort()
    base, last = int(key[0] >> np.uint64(32)), int(key[-1] >> np.uint64(32))
    bounds = np.arange(base, last + 2, dtype=np.uint64) << np.uint64(32)
    indptr = np.searchsorted(key, bounds)
    width = np.uint32 if len(key) < 1 << 32 else np.uint64
    return Csr(base, indptr.astype(width), key.astype(np.uint32))


def save(folder: pathlib.Path, name: str, csr: Csr) -> None:
    """Write `<name>.indptr.npy` (its first element is the base) and `<name>.indices.npy`."""
    import numpy as np

    np.save(folder / f"{name}.indptr.npy", np.concatenate([np.array([csr.base], csr.indptr.dtype), csr.indptr]))
    np.save(folder / f"{name}.indices.npy", csr.indices)


def load(folder: pathlib.Path, name: str) -> Csr:
    """Map the arrays that `save` wrote; nothing is read until it is asked for."""
    import numpy as np

    indptr = np.load(folder / f"{name}.indptr.npy", mmap_mode="r")
    indices = np.load(folder / f"{name}.indices.npy", mmap_mode="r")
    # Plain views of the maps: the class of memory maps costs microseconds at each slice.
    return Csr(int(indptr[0]), np.asarray(indptr)[1:], np.asarray(indices))


def hops(kinds: Sequence[Csr], start: int, count: int) -> np.ndarray:
    """The ids within `count` edges of a node, itself too, ascending."""
    import numpy as np

    seen = frontier = np.array([start], np.uint32)
    for _ in range(count):
        found = np.unique(np.concatenate([csr.gather(frontier) for csr in kinds])) if kinds else frontier[:0]
        frontier = np.setdiff1d(found, seen, assume_unique=True)
        if not frontier.size:
            break
        seen = np.union1d(seen, frontier)
    return seen


def reach(kinds: Sequence[Csr], starts: Iterable[int], entities: int) -> np.ndarray:
    """Every id that can be reached from any start over edges of these kinds, the starts too, ascending.

    `entities` is the highest id there is.
    """
    import numpy as np

    seen = np.zeros(entities + 1, bool)
    frontier = np.unique(np.fromiter(starts, np.int64))
    seen[frontier] = True
    while frontier.size:
        fresh = np.zeros(entities + 1, bool)
        for csr in kinds:
            fresh[csr.gather(frontier)] = True
        fresh &= ~seen
        seen |= fresh
        frontier = np.flatnonzero(fresh)
    return np.flatnonzero(seen).astype(np.uint32)
