"""Which gateways of a VPC could lead to a target: what a missing route may be given."""

from __future__ import annotations

from nephograph.engines.tracer.addresses import public
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.packet import Packet, address
from nephograph.engines.tracer.places import interface_of
from nephograph.engines.tracer.question import Candidate
from nephograph.model.resource import Resource


def ways_to(
    ground: Ground, vpc: Resource | None, packet: Packet, candidate: Candidate, back: bool
) -> list[tuple[str, Resource]]:
    """(destination, gateway) of every route that could lead on, the most direct first."""
    if vpc is None:
        return []
    end = candidate.start if back else candidate.goal
    owner = interface_of(ground, packet.target.owner) if packet.target.owner else None
    version = packet.version
    private = owner is not None and owner.vpc is not None and not packet.target.axis.startswith("public ")
    if private and not (version == 4 and public(4, packet.target.value)):
        far = owner.vpc if owner is not None else None
        return to_vpc(ground, vpc, far, version) if far is not None else []
    if isinstance(end, Outside) and end.kind == "prefix":
        return _to_premises(ground, vpc, _destination(packet, end))
    whole = "0.0.0.0/0" if version == 4 else "::/0"
    kinds = (
        ["aws_internet_gateway"]
        if version == 4 or back
        else ["aws_internet_gateway", "aws_egress_only_internet_gateway"]
    )
    found = [(whole, g) for kind in kinds for g in ground.estate.holders(vpc.urn, "attached_to", kind)]
    if version == 4 and not back:
        nats = [g for g in ground.estate.of_kind("aws_nat_gateway") if _in(ground, g, vpc)]
        found += [(whole, g) for g in nats]
    return found


def _in(ground: Ground, nat: Resource, vpc: Resource) -> bool:
    subnets = ground.estate.targets(nat.urn, "in_subnet", "aws_subnet")
    return any(ground.vpc(s) is vpc for s in subnets) or ground.vpc(nat) is vpc


def to_vpc(ground: Ground, vpc: Resource, far: Resource, version: int) -> list[tuple[str, Resource]]:
    """(range of the far VPC, peering connection or transit gateway that leads there)."""
    ranges = far.get("cidrs" if version == 4 else "ipv6_cidrs")
    found: list[tuple[str, Resource]] = []
    for destination in ranges if isinstance(ranges, list) else []:
        if not isinstance(destination, str):
            continue
        for peering in ground.estate.of_kind("aws_vpc_peering_connection"):
            ends = ground.linked(peering, "attached_to")
            if vpc in ends and far in ends:
                found.append((destination, peering))
        found += [(destination, g) for g in _transits(ground, vpc) if g in _transits(ground, far)]
    return found


def _transits(ground: Ground, vpc: Resource) -> list[Resource]:
    held = ground.estate.holders(vpc.urn, "attaches", "aws_ec2_transit_gateway_attachment")
    return [g for a in held for g in ground.linked(a, "attached_to")]


def _to_premises(ground: Ground, vpc: Resource, destination: str) -> list[tuple[str, Resource]]:
    own = ground.estate.holders(vpc.urn, "attached_to", "aws_vpn_gateway")
    return [(destination, g) for g in (*own, *_transits(ground, vpc))]


def _destination(packet: Packet, end: Outside) -> str:
    if end.ranges:
        text = end.ranges[0]
        return text if "/" in text else f"{text}/{32 if packet.version == 4 else 128}"
    return f"{address(packet.version, packet.target.value)}/{32 if packet.version == 4 else 128}"
