"""Edge arrays (compressed sparse rows) of one kind and direction, memory-mapped, and walks over them.

Nodes are entity ids. `indptr` runs over the ids `base` … `base + len(indptr) - 2` only, because entities of one kind
lie together; outside of it a node has no edges. Neighbours of a node are ascending.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from nephograph.estate.store import packed

if TYPE_CHECKING:
    import numpy as np

Direction = Literal["out", "in"]
"""`out` runs with the edges, `in` against them."""

_CHUNK = 1 << 15
"""Rows whose edges are looked up at once: what that takes stays in the processor's cache."""

_FEW = 1 << 12
"""Edges of a level up to which what they lead to is sorted; of more it is marked, among all ids there are."""

_PULL = 1 << 15
"""Edges of a level from which on it is worth looking whether going against the edges were less."""


class Csr:
    """The edges of one kind in one direction: `indptr` is uint32 or uint64, the neighbours are packed."""

    __slots__ = ("base", "indptr", "packed")

    def __init__(self, base: int, indptr: np.ndarray, neighbours: packed.Packed) -> None:
        self.base = base
        self.indptr = indptr
        self.packed = neighbours

    @property
    def rows(self) -> range:
        """The ids that may have edges."""
        return range(self.base, self.base + len(self.indptr) - 1)

    def __len__(self) -> int:
        return len(self.packed)

    def neighbours(self, node: int) -> np.ndarray:
        """The ids that a node's edges lead to, ascending; with two edges, twice."""
        row = node - self.base
        if node not in self.rows:
            return self.packed.part(0, 0)
        return self.packed.part(int(self.indptr[row]), int(self.indptr[row + 1]))

    def gather(self, nodes: np.ndarray) -> np.ndarray:
        """The neighbours of many nodes (ascending, each once), one after the other."""
        starts, lengths = self.spans(nodes)
        return self.packed.at(_positions(starts, lengths))

    def spans(self, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the edges of nodes (ascending) start and how many there are (int64), of the nodes that may have any."""
        import numpy as np

        low, high = np.searchsorted(nodes, (self.rows.start, self.rows.stop))
        rows = nodes[low:high].astype(np.int64) - self.base
        starts = self.indptr[rows].astype(np.int64)
        return starts, self.indptr[rows + 1].astype(np.int64) - starts


def _positions(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The positions of edges that lie in spans, one after the other."""
    import numpy as np

    ends = np.cumsum(lengths)
    at = np.repeat(starts - (ends - lengths), lengths)
    at += np.arange(at.size)
    return at


def empty() -> Csr:
    """No edges."""
    import numpy as np

    return Csr(0, np.zeros(1, np.uint32), packed.pack(np.zeros(0, np.uint32)))


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
    return Csr(base, indptr.astype(width), packed.pack(key.astype(np.uint32)))


def save(folder: pathlib.Path, name: str, csr: Csr) -> None:
    """Write `<name>.csr`: eight numbers of 64 bits, then `indptr`, then the packed neighbours. All little-endian."""
    import numpy as np

    head = [csr.base, len(csr.indptr), csr.indptr.itemsize, len(csr), csr.packed.low, csr.packed.bits, 0, 0]
    with (folder / f"{name}.csr").open("wb") as stream:
        stream.write(np.array(head, "<u8").tobytes())
        for array in (csr.indptr.astype(csr.indptr.dtype.newbyteorder("<")), *csr.packed.planes):
            stream.write(array.data)


def load(folder: pathlib.Path, name: str) -> Csr:
    """Map the file that `save` wrote; nothing is read until it is asked for."""
    import numpy as np

    # A plain view of the map: the class of memory maps costs microseconds at each slice.
    content = np.asarray(np.memmap(folder / f"{name}.csr", np.uint8, "r"))
    base, rows, size, count, low, bits, _, _ = content[:64].view("<u8").tolist()
    end = 64 + rows * size
    return Csr(base, content[64:end].view(f"<u{size}"), packed.opened(content[end:], count, low, bits))


def hops(kinds: Sequence[Csr], start: int, count: int, entities: int) -> np.ndarray:
    """The ids within `count` edges of a node, itself too, ascending. `entities` is the highest id there is."""
    return _walk(kinds, [start], entities, count, None)


def reach(
    kinds: Sequence[Csr], starts: Iterable[int], entities: int, against: Callable[[int], Csr] | None = None
) -> np.ndarray:
    """Every id that can be reached from any start over edges of these kinds, the starts too, ascending.

    `against` gives the arrays of the other direction for a position in `kinds`; with it, the last of many nodes are
    found from their own side.
    """
    return _walk(kinds, starts, entities, None, against)


def _walk(
    kinds: Sequence[Csr],
    starts: Iterable[int],
    entities: int,
    count: int | None,
    against: Callable[[int], Csr] | None,
) -> np.ndarray:
    """Breadth first, a level at a time; `count` levels, or until nothing new is found."""
    import numpy as np

    seen = np.zeros(entities + 1, bool)
    frontier = np.unique(np.fromiter(starts, np.int64))
    seen[frontier] = True
    while frontier.size and count != 0:
        count = None if count is None else count - 1
        spans = [(place, *csr.spans(frontier)) for place, csr in enumerate(kinds)]
        if sum(int(lengths.sum()) for _, _, lengths in spans) <= _FEW:
            found = [kinds[place].packed.at(_positions(starting, lengths)) for place, starting, lengths in spans]
            together = np.concatenate(found) if found else frontier[:0]
            frontier = np.unique(together[~seen[together]])
            seen[frontier] = True
            continue
        before = None if count == 0 and against is None else seen.copy()
        for place, starting, lengths in spans:
            edges = int(lengths.sum())
            if before is not None and against is not None and edges > _PULL:
                back = against(place)
                if _left(back, before) < edges:
                    _pull(back, before, seen)
                    continue
            if edges:
                _push(kinds[place], starting, lengths, seen)
        if before is not None and count != 0:
            frontier = np.flatnonzero(seen != before)
    return np.flatnonzero(seen).astype(np.uint32)


def _push(csr: Csr, starts: np.ndarray, lengths: np.ndarray, seen: np.ndarray) -> None:
    """Mark what the edges in these spans lead to."""
    for low in range(0, starts.size, _CHUNK):
        part = slice(low, low + _CHUNK)
        seen[csr.packed.at(_positions(starts[part], lengths[part]))] = True


def _left(back: Csr, before: np.ndarray) -> float:
    """About how many edges lead to nodes that were not seen."""
    import numpy as np

    window = before[back.rows.start : back.rows.stop]
    return (window.size - np.count_nonzero(window)) * len(back) / window.size


def _pull(back: Csr, before: np.ndarray, seen: np.ndarray) -> None:
    """Mark the nodes, of those not seen, to which an edge leads from one that was."""
    import numpy as np

    left = np.flatnonzero(~before[back.rows.start : back.rows.stop]) + back.base
    starts, lengths = back.spans(left)
    some = lengths > 0
    left, starts, lengths = left[some], starts[some], lengths[some]
    for low in range(0, left.size, _CHUNK):
        part = slice(low, low + _CHUNK)
        hit = before[back.packed.at(_positions(starts[part], lengths[part]))]
        first = np.cumsum(lengths[part]) - lengths[part]
        seen[left[part][np.logical_or.reduceat(hit, first)]] = True
