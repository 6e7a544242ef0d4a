"""NAT64: an IPv4 address written as an IPv6 one, and what a NAT gateway makes of packets to it.

The gateway takes the prefix off the target, and its own IPv4 address becomes the source; of the answer it puts the
prefix before the source, and the IPv6 address of whoever asked becomes the target again.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html, RFC 6052 (the prefix),
RFC 7915 (echo request and reply of ICMP)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.tracer.axes import Interval, Symbol
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.ground import Ground, name
from nephograph.engines.tracer.packet import ECHO, Packet, network
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker

PREFIX = "64:ff9b::/96"
WHOLE = (0x64FF9B << 96, (0x64FF9B << 96) + 2**32 - 1)
_START = WHOLE[0]
_KIND = "NAT gateway"


def inside(low: int, high: int) -> bool:
    """Are these IPv6 addresses IPv4 ones in writing?"""
    return WHOLE[0] <= low and high <= WHOLE[1]


def written(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """IPv4 addresses as NAT64 writes them."""
    return tuple((low + _START, high + _START) for low, high in intervals)


def embedded(value: int) -> int:
    """The IPv4 address in one of NAT64."""
    return value - _START


def prepared(ground: Ground) -> bool:
    """Does a route table of the estate lead addresses of NAT64 anywhere, by a route of their own or to NAT?"""
    for table in ground.estate.of_kind("aws_route_table"):
        routes = table.get("routes")
        for at, route in enumerate(routes if isinstance(routes, list) else ()):
            parsed = network(route.get("destination")) if isinstance(route, dict) else None
            if parsed is None or parsed[0] != 6:
                continue
            led = ground.linked(table, "routes_to", "routes", at)
            if inside(parsed[1], parsed[2]) or (
                parsed[1] <= WHOLE[0] and WHOLE[1] <= parsed[2] and any(r.kind == "aws_nat_gateway" for r in led)
            ):
                return True
    return False


def admitted(walker: Walker, gateway: Resource, came: Came) -> bool:
    """Of IPv6 a NAT gateway takes packets for addresses of NAT64; False where the rest of the way is not known."""
    packet = walker.packet
    if not walker.course.within(packet.target, *WHOLE):
        told = walker.say(packet.target)
        text = f"NAT gateways carry IPv6 to addresses of {PREFIX} (NAT64) only, not to {told}"
        walker.drop(Reason.PROTOCOL_NOT_CARRIED, gateway, _KIND, text, came=came, at="protocol")
    end = walker.destination
    echo = packet.protocol != "icmpv6" or walker.course.within(packet.target_port, *(ECHO["icmpv6"][0],) * 2)
    if isinstance(end, Outside) and end.kind in ("internet", "service") and echo:
        return True
    walker.unknown(f"what NAT64 of {name(gateway)} makes of {walker.say(packet.target)}", gateway, _KIND)
    return False


def outward(packet: Packet) -> Packet:
    """The packet with the IPv4 target; the source is the gateway's to write."""
    target = packet.target
    four = target._replace(value=target.value - _START, shift=target.shift + _START)
    found = packet._replace(version=4, target=four, receiver="")
    return (
        found._replace(protocol="icmp", target_port=Symbol(ECHO["icmp"][0])) if packet.protocol == "icmpv6" else found
    )


def homeward(answer: Packet, before: Packet) -> Packet:
    """The IPv4 answer to `before` as an IPv6 packet to whoever asked."""
    source = answer.source
    six = source._replace(value=source.value + _START, shift=source.shift - _START)
    found = answer._replace(version=6, source=six, target=before.source, receiver=before.sender)
    if before.protocol == "icmpv6":
        return found._replace(protocol="icmpv6", target_port=Symbol(ECHO["icmpv6"][1]))
    return found._replace(target_port=before.source_port)
