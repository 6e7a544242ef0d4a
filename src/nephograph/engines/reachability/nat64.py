"""NAT64: the IPv4 internet as something with an IPv6 address reaches it, through a NAT gateway.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html, RFC 6052, RFC 7915
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.reachability.addresses import INTERNET, Interval, pieces, prefix
from nephograph.engines.reachability.spots import OUTSIDE, Spot
from nephograph.engines.reachability.traffic import Axis, Span
from nephograph.engines.reachability.valued import Valued

if TYPE_CHECKING:
    from nephograph.engines.reachability.cases import Case
    from nephograph.engines.reachability.engine import Reachability
    from nephograph.engines.reachability.internet import Range

_WRITTEN = prefix("64:ff9b::/96")
assert _WRITTEN is not None
FIRST, LAST = _WRITTEN.low, _WRITTEN.high
MESSAGES = "how NAT64 translates messages of ICMP that are no echo"


def is_written(version: int, value: int) -> bool:
    """Is it an IPv4 address written as an IPv6 one?"""
    return version == 6 and FIRST <= value <= LAST


def as_six(axis: Axis, value: Valued, why: int) -> Valued:
    """What passes as IPv4, in the words of IPv6: the echo of ICMP is that of ICMPv6, other messages are open."""
    four, six = axis.mask(Span("icmp", 8, 8)), axis.mask(Span("icmpv6", 128, 128))
    messages = axis.mask(Span("icmpv6", 0, 255))
    sure = value.sure & ~messages | (six if value.sure & four else 0)
    open_ = (value.open | messages) & ~six | (six if value.open & four else 0)
    return Valued(sure, open_, value.why | why)


def translated(found: Reachability, urn: str) -> tuple[Range, ...]:
    """What an interface may send by NAT64 to the IPv4 internet, and have answered, by the exact IPv4 ranges."""
    classes, internet = found.classes[6], found.internet[6]
    numbers = classes.of.get(urn, ())
    if not numbers:
        return ()
    nets = found.classes[4].net, classes.net
    cuts = sorted({FIRST + cut for cut in nets[0].cuts()} | set(nets[1].cuts()))
    domain = tuple((FIRST + low, FIRST + high) for low, high in INTERNET[4])
    asked: dict[tuple[object, ...], tuple[Case, ...]] = {}
    results = []
    for number in numbers:
        spot = classes.place_of(number).spots[0]
        paths: list[tuple[Interval, tuple[Case, ...]]] = []
        for piece in pieces(domain, cuts):
            key = (spot, nets[0].holding(piece[0] - FIRST), nets[1].holding(piece[0]))
            if key not in asked:
                asked[key] = found.cases.between(spot, Spot(OUTSIDE, "", 6, piece[0]))
            paths.append((piece, asked[key]))
        results.append(internet.over(number, paths, urn))
    bit = found.doubt_of(urn, 6, all(one == results[0] for one in results))
    ranges = []
    for one in results[0]:
        value = found.carried(one.value.doubted(bit) if bit else one.value, 6)
        if value.open:
            addresses = tuple((low - FIRST, high - FIRST) for low, high in one.addresses)
            ranges.append(one._replace(addresses=addresses, value=value))
    return tuple(ranges)
