"""Sets of addresses as people write them."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from nephograph.engines.tracer.addresses import INTERNET
from nephograph.engines.tracer.axes import Interval
from nephograph.engines.tracer.packet import WHOLE, address

MOST = 200
"""Ranges of one answer that are written out."""


def cidrs(version: int, intervals: Sequence[Interval]) -> list[str]:
    """The CIDRs of a set. What lies outside the internet does not split a range of the internet."""
    if not intervals:
        return []
    joined = _joined(version, sorted(intervals))
    make = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    found: list[str] = []
    for low, high in joined:
        if len(found) > MOST:
            found.append(f"and more, up to {address(version, joined[-1][1])}")
            break
        found += [str(n) for n in ipaddress.summarize_address_range(make(low), make(high))]
    return found


def _joined(version: int, intervals: list[Interval]) -> list[Interval]:
    """Intervals of the internet that only its own gaps keep apart, as one; the whole of it as everything."""
    inner = INTERNET[version]
    if not all(any(a <= low and high <= b for a, b in inner) for low, high in intervals):
        return intervals
    found: list[Interval] = []
    for low, high in intervals:
        if found and not any(found[-1][1] < a and b < low for a, b in inner) and _edge(inner, found[-1][1], low):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    if found == [(inner[0][0], inner[-1][1])]:
        return [WHOLE[version]]
    return found


def _edge(inner: Sequence[Interval], end: int, start: int) -> bool:
    """Does one end where a range of the internet ends, and the other begin where the next begins?"""
    return any(b == end for _, b in inner) and any(a == start for a, _ in inner)
