"""Address ranges as pairs of numbers, and which prefixes of a set hold an address.

Sources: RFC 6890 and RFC 4291 for what packets on the internet carry; the documentation ranges of RFC 5737 count as
public, because examples use them so.
"""

from __future__ import annotations

import functools
import ipaddress
from typing import NamedTuple

Interval = tuple[int, int]
"""Inclusive."""

BITS = {4: 32, 6: 128}


class Prefix(NamedTuple):
    """A CIDR: version, first and last address."""

    version: int
    low: int
    high: int

    @property
    def length(self) -> int:
        """The length of the prefix in bits."""
        return BITS[self.version] + 1 - (self.high - self.low + 1).bit_length()

    def holds(self, value: int) -> bool:
        """Is the address inside?"""
        return self.low <= value <= self.high


def _dotted(text: str) -> Prefix | None:
    """The usual spelling of IPv4, read without the standard library's many checks; None for any other."""
    address, _, length = text.partition("/")
    parts = address.split(".")
    bits = length or "32"
    if len(parts) != 4 or not bits.isdecimal() or not text.isascii() or len(bits) > 2 or int(bits) > 32:
        return None
    value = 0
    for part in parts:
        if not part.isdecimal() or len(part) > 3 or (part[0] == "0" and part != "0") or int(part) > 255:
            return None
        value = value << 8 | int(part)
    free = 32 - int(bits)
    low = value >> free << free
    return Prefix(4, low, low + (1 << free) - 1) if not text.endswith("/") else None


@functools.lru_cache(maxsize=65536)
def _parsed(text: str) -> Prefix | None:
    if (quick := _dotted(text)) is not None:
        return quick
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return Prefix(network.version, int(network.network_address), int(network.broadcast_address))


def prefix(text: object) -> Prefix | None:
    """A CIDR or a bare address as a prefix, host bits cleared; None for what is neither."""
    return _parsed(text) if isinstance(text, str) else None


def _without(whole: Interval, holes: tuple[str, ...]) -> tuple[Interval, ...]:
    found, low = [], whole[0]
    for hole in sorted(p for text in holes if (p := prefix(text)) is not None):
        if low < hole.low:
            found.append((low, hole.low - 1))
        low = hole.high + 1
    return (*found, (low, whole[1])) if low <= whole[1] else tuple(found)


NOT_ROUTED = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""RFC 1918 and RFC 6598: an internet gateway lets none of these out."""

INTERNET: dict[int, tuple[Interval, ...]] = {
    4: _without(
        (0, 2**32 - 1),
        (
            *NOT_ROUTED,
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "224.0.0.0/3",
        ),
    ),
    6: ((0x2000 << 112, (0x4000 << 112) - 1),),
}


def on_internet(version: int, value: int) -> bool:
    """May packets on the internet carry the address?"""
    return any(low <= value <= high for low, high in INTERNET[version])


class Prefixes:
    """Numbered prefixes of one version; tells which of them hold an address by one look-up per prefix length."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.known: list[Prefix] = []
        self._numbers: dict[Prefix, int] = {}
        self._by_length: dict[int, dict[int, int]] = {}

    def number(self, one: Prefix) -> int:
        """The number of a prefix; a new one gets the next."""
        found = self._numbers.get(one)
        if found is None:
            found = self._numbers[one] = len(self.known)
            self.known.append(one)
            shift = BITS[self.version] - one.length
            self._by_length.setdefault(shift, {})[one.low >> shift] = found
        return found

    def has(self, one: Prefix) -> bool:
        """Is the prefix numbered already?"""
        return one in self._numbers

    def holding(self, value: int) -> tuple[int, ...]:
        """The numbers of all prefixes that hold the address."""
        found = (of.get(value >> shift) for shift, of in self._by_length.items())
        return tuple(sorted(n for n in found if n is not None))

    def cuts(self) -> list[int]:
        """Where an interval of addresses may change its prefixes: the first address of each next piece, in order."""
        return sorted({edge for p in self.known for edge in (p.low, p.high + 1)})


def pieces(domain: tuple[Interval, ...], cuts: list[int]) -> list[Interval]:
    """The intervals of a domain, cut at every boundary that lies inside."""
    import bisect

    found: list[Interval] = []
    for low, high in domain:
        start = low
        for edge in cuts[bisect.bisect_right(cuts, low) : bisect.bisect_right(cuts, high)]:
            found.append((start, edge - 1))
            start = edge
        found.append((start, high))
    return found


def merged(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Intervals in order, neighbours and overlapping ones joined."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)
