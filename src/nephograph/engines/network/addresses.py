"""Sets of IP addresses as sorted, disjoint, inclusive integer intervals; exact and closed under the set operations."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Addresses = tuple[tuple[int, int], ...]
"""Inclusive intervals, ascending, never touching. The IP version is known from where the set stands."""

VERSIONS = (4, 6)

WHOLE: dict[int, Addresses] = {4: ((0, 2**32 - 1),), 6: ((0, 2**128 - 1),)}


def normal(intervals: Iterable[tuple[int, int]]) -> Addresses:
    """Any intervals as a set: sorted, overlapping and touching ones joined."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def union(one: Addresses, other: Addresses) -> Addresses:
    """What is in either."""
    return normal(one + other) if one and other else one or other


def intersect(one: Addresses, other: Addresses) -> Addresses:
    """What is in both."""
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        low, high = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if low <= high:
            found.append((low, high))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def subtract(one: Addresses, other: Addresses) -> Addresses:
    """What is in the first and not in the second."""
    found = []
    j = 0
    for start, high in one:
        low = start
        while j < len(other) and other[j][1] < low:
            j += 1
        k = j
        while k < len(other) and other[k][0] <= high:
            if low < other[k][0]:
                found.append((low, other[k][0] - 1))
            low = other[k][1] + 1
            k += 1
        if low <= high:
            found.append((low, high))
    return tuple(found)


def size(addresses: Addresses) -> int:
    """How many addresses the set holds."""
    return sum(high - low + 1 for low, high in addresses)


def parse(text: str) -> tuple[int, Addresses, int] | None:
    """(version, addresses, prefix length) of a CIDR or of one address; None when the text is neither.

    AWS clears the host bits of a CIDR it is given, so `10.0.0.1/24` is `10.0.0.0/24`.
    """
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    span = (int(network.network_address), int(network.broadcast_address))
    return network.version, (span,), network.prefixlen


def cidrs(version: int, addresses: Addresses) -> list[str]:
    """The fewest CIDRs that make up the set, ascending."""
    address = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    found: list[str] = []
    for low, high in addresses:
        found += [str(n) for n in ipaddress.summarize_address_range(address(low), address(high))]
    return found


def _outside() -> Addresses:
    """IPv4 ranges no packet from the internet can come from and be answered (IANA special-purpose registry, RFC 6890).

    The documentation ranges (RFC 5737) are left in: in examples they stand for real public addresses.
    """
    ranges = (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.168.0.0/16 198.18.0.0/15 224.0.0.0/4 240.0.0.0/4"
    )
    parsed = [parse(text) for text in ranges.split()]
    return normal(span for found in parsed if found for span in found[1])


_GLOBAL_UNICAST = int(ipaddress.IPv6Address("2000::"))

INTERNET: dict[int, Addresses] = {
    4: subtract(WHOLE[4], _outside()),
    # RFC 4291: global unicast is 2000::/3; everything else is local, multicast or unassigned.
    6: ((_GLOBAL_UNICAST, _GLOBAL_UNICAST + 2**125 - 1),),
}


def from_internet(version: int, addresses: Addresses) -> bool:
    """Does the set hold an address somebody on the internet can have?"""
    return bool(intersect(addresses, INTERNET[version]))


def shown(version: int, addresses: Addresses) -> list[str]:
    """The CIDRs of a set, said shortly: what lies outside the internet is left out, and does not split a range."""
    if not subtract(INTERNET[version], addresses):
        return ["0.0.0.0/0" if version == 4 else "::/0"]
    top = WHOLE[version][0][1]
    for low, high in subtract(WHOLE[version], INTERNET[version]):
        before, after = max(low - 1, 0), min(high + 1, top)
        if intersect(addresses, ((before, before),)) and intersect(addresses, ((after, after),)):
            addresses = union(addresses, ((low, high),))
    return [c for c in cidrs(version, addresses) if (p := parse(c)) and from_internet(version, p[1])]
