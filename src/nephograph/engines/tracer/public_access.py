"""VPC Block Public Access: one switch of an account and region over all internet gateways, and what it spares.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_GONE = ("delete-complete", "create-failed", "delete-in-progress", "create-in-progress")


def block_public_access(walker: Walker, gateway: Resource, owner: Interface, outward: bool) -> None:
    """Drop what the switch blocks.

    Bidirectional blocks all of it; block-ingress spares what NAT gateways and egress-only gateways let out, and the
    answers to that. An exclusion of the VPC or the subnet lets both through, or (allow-egress) what starts inside.
    """
    started_inside = outward != walker.back
    vpc = owner.vpc
    only_out = gateway.kind == "aws_egress_only_internet_gateway" or owner.resource.kind == "aws_nat_gateway"
    for options in walker.ground.estate.of_kind("aws_vpc_block_public_access_options"):
        if vpc is None or (options.scope.account, options.scope.region) != (vpc.scope.account, vpc.scope.region):
            continue
        mode = options.get("internet_gateway_block_mode")
        if isinstance(mode, Unknown):
            if walker.course.perhaps(f"whether VPC Block Public Access is off ({mode})"):
                continue
        elif mode in (None, "off") or (mode == "block-ingress" and started_inside and only_out):
            continue
        if _spared(walker, owner, started_inside):
            continue
        told = f"VPC Block Public Access is on in this account and region, and nothing excludes {owner.name}"
        place = walker.ground.where(options, "internet_gateway_block_mode")
        walker.drop(
            Reason.PUBLIC_ACCESS_BLOCKED,
            gateway,
            "internet gateway",
            told,
            f"mode {mode}",
            place,
            owner=owner,
            options=options,
            at="outward" if outward else "inward",
        )


def _spared(walker: Walker, owner: Interface, started_inside: bool) -> bool:
    """Is there an exclusion for the interface's subnet or VPC?"""
    ground = walker.ground
    for exclusion in ground.estate.of_kind("aws_vpc_block_public_access_exclusion"):
        mode = exclusion.get("mode")
        spares = ground.linked(exclusion, "spares")
        state = exclusion.get("state")
        if state in _GONE or not walker.there(exclusion):
            continue
        if isinstance(state, Unknown) and not walker.course.perhaps(
            f"the state of exclusion {name(exclusion)} ({state})"
        ):
            continue
        lets = mode == "allow-bidirectional" or (mode == "allow-egress" and started_inside)
        if not lets and not isinstance(mode, Unknown):
            continue
        lost = ground.missing(exclusion, "vpc") + ground.missing(exclusion, "subnet")
        if not spares and lost:
            if walker.course.perhaps(f"what exclusion {name(exclusion)} spares ({lost[0]})"):
                return True
            continue
        if not any(spared is owner.vpc or spared is owner.subnet for spared in spares):
            continue
        if lets or walker.course.perhaps(f"the mode of exclusion {name(exclusion)} ({mode})"):
            return True
    return False
