"""Ids in few bits: the low sixteen of each as one array, and each higher bit as a bitmap of its own.

Ten million ids of a kind of a hundred thousand take 17 bits each instead of 32, and any of them can be read alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_WHOLE = 8
"""Once one in so many was asked for, all are unpacked and kept so."""


class Packed:
    """Packed ids. `low` was taken off each; `planes` is the array of sixteen bits, then bitmaps from bit 16 upward."""

    __slots__ = ("_asked", "_whole", "bits", "low", "planes")

    def __init__(self, low: int, bits: int, planes: Sequence[np.ndarray]) -> None:
        self.low = low
        self.bits = bits
        self.planes = planes
        self._asked = 0
        self._whole: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.planes[0])

    def at(self, positions: np.ndarray) -> np.ndarray:
        """The ids at positions (int64), as uint32."""
        import numpy as np

        if self._whole is None:
            self._asked += positions.size
            if self._asked * _WHOLE <= len(self):
                found: np.ndarray = self.planes[0][positions].astype(np.uint32)
                byte, shift = positions >> 3, (positions & 7).astype(np.uint8)
                for bit, plane in enumerate(self.planes[1:], 16):
                    found |= ((plane[byte] >> shift) & np.uint8(1)).astype(np.uint32) << np.uint32(bit)
                found += np.uint32(self.low)
                return found
        chosen: np.ndarray = self.whole[positions]
        return chosen

    def part(self, start: int, stop: int) -> np.ndarray:
        """The ids from one position up to another."""
        import numpy as np

        return self.at(np.arange(start, stop)) if self._whole is None else self._whole[start:stop]

    @property
    def whole(self) -> np.ndarray:
        """All ids, as uint32."""
        import numpy as np

        if self._whole is None:
            found = self.planes[0].astype(np.uint32)
            for bit, plane in enumerate(self.planes[1:], 16):
                ones = np.unpackbits(plane, count=len(self), bitorder="little")
                found |= ones.astype(np.uint32) << np.uint32(bit)
            found += np.uint32(self.low)
            self._whole = found
        return self._whole


def pack(ids: np.ndarray) -> Packed:
    """Pack ids (uint32)."""
    import numpy as np

    low = int(ids.min()) if ids.size else 0
    rest = ids - np.uint32(low)
    bits = int(rest.max()).bit_length() if ids.size else 0
    planes = [rest.astype("<u2")]
    planes += [
        np.packbits((rest >> np.uint32(bit)).astype(np.uint8) & np.uint8(1), bitorder="little")
        for bit in range(16, bits)
    ]
    return Packed(low, bits, planes)


def opened(content: np.ndarray, count: int, low: int, bits: int) -> Packed:
    """The packed ids whose planes stand one after the other in an array of bytes."""
    end, size = 2 * count, (count + 7) // 8
    planes = [content[:end].view("<u2")]
    for _ in range(16, bits):
        planes.append(content[end : end + size])
        end += size
    return Packed(low, bits, planes)
