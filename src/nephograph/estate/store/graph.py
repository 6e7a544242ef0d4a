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


_DENSE = 16
"""From one in so many on, going through all is faster than picking some."""


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
        """The neighbours of many nodes (ascending, each once), one after the other."""
        import numpy as np

        rows = nodes.astype(np.int64) - self.base
        rows = rows[(rows >= 0) & (rows < len(self.indptr) - 1)]
        found: np.ndarray
        if len(rows) * _DENSE > len(self.indptr):
            # Of many rows at once, a mask over all edges is read faster than a list of positions is made.
            chosen = np.zeros(len(self.indptr) - 1, bool)
            chosen[rows] = True
            found = self.indices[np.repeat(chosen, np.diff(self.indptr))]
            return found
        starts = self.indptr[rows].astype(np.int64)
        lengths = self.indptr[rows + 1].astype(np.int64) - starts
        total = int(lengths.sum())
        if not total:
            return self.indices[:0]
        ends = np.cumsum(lengths)
        found = self.indices[np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)]
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


def hops(kinds: Sequence[Csr], start: int, count: int, entities: int) -> np.ndarray:
    """The ids within `count` edges of a node, itself too, ascending. `entities` is the highest id there is."""
    return _walk(kinds, [start], entities, count)


def reach(kinds: Sequence[Csr], starts: Iterable[int], entities: int) -> np.ndarray:
    """Every id that can be reached from any start over edges of these kinds, the starts too, ascending."""
    return _walk(kinds, starts, entities, None)


def _walk(kinds: Sequence[Csr], starts: Iterable[int], entities: int, count: int | None) -> np.ndarray:
    """Breadth first, a level at a time; `count` levels, or until nothing new is found."""
    import numpy as np

    seen = np.zeros(entities + 1, bool)
    frontier = np.unique(np.fromiter(starts, np.uint32))
    seen[frontier] = True
    levels = [frontier]
    while frontier.size and (count is None or len(levels) <= count):
        fresh = []
        for csr in kinds:
            found = csr.gather(frontier)
            found = found[~seen[found]]
            seen[found] = True
            fresh.append(found)
        frontier = _ascending(fresh, entities)
        levels.append(frontier)
    if sum(len(level) for level in levels) * _DENSE > entities:
        return np.flatnonzero(seen).astype(np.uint32)
    return np.sort(np.concatenate(levels))


def _ascending(found: Sequence[np.ndarray], entities: int) -> np.ndarray:
    """Ids ascending and each once: by sorting when they are few, by marking when they are many."""
    import numpy as np

    together = np.concatenate(found) if found else np.zeros(0, np.uint32)
    if together.size * _DENSE < entities:
        return np.unique(together)
    marked = np.zeros(entities + 1, bool)
    marked[together] = True
    return np.flatnonzero(marked).astype(np.uint32)
