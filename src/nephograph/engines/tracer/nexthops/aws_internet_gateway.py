"""Internet gateways: one public address for one private one, both ways; IPv6 passes as it is.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
"""

from __future__ import annotations

from nephograph.engines.tracer import firewall, nobody, tables
from nephograph.engines.tracer.addresses import PRIVATE, SHARED, known, private, public_of
from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.ground import name, truth
from nephograph.engines.tracer.packet import address, network
from nephograph.engines.tracer.places import Interface, interface_of
from nephograph.engines.tracer.public_access import block_public_access
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "internet gateway"


def follow(walker: Walker, gateway: Resource, came: Came) -> None:
    """A route leads to the gateway."""
    if not walker.there(gateway):
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, f"internet gateway {name(gateway)} may not exist")
    attached = walker.ground.attached_vpc(gateway)
    lost = walker.ground.missing(gateway, "vpc")
    if attached is None and lost:
        walker.unknown(f"the VPC of {name(gateway)} ({lost[0]})", gateway, KIND, Reason.ATTACHMENT_NOT_ACTIVE)
        return
    if attached is None or attached is not came.vpc:
        text = f"internet gateway {name(gateway)} is not attached to this VPC"
        walker.drop(
            Reason.ATTACHMENT_NOT_ACTIVE,
            gateway,
            KIND,
            text,
            "",
            walker.ground.where(gateway, "vpc"),
            came=came,
            at="vpc",
        )
    through(walker, gateway, came.vpc, came)


def through(walker: Walker, gateway: Resource, vpc: Resource | None, came: Came | None = None) -> None:
    """Out of the VPC."""
    packet, version = walker.packet, walker.packet.version
    shown = walker.say(packet.target)
    for ranges, reason, word in (
        (PRIVATE, Reason.PRIVATE_ADDRESS_AT_INTERNET, "private"),
        ((SHARED,), Reason.SHARED_ADDRESS_AT_INTERNET, "shared"),
    ):
        for text in ranges:
            parsed = network(text)
            if version == 4 and parsed and walker.course.within(packet.target, parsed[1], parsed[2]):
                told = f"the internet has no way to {shown}, an address of the {word} range {text}"
                walker.drop(reason, gateway, KIND, told, came=came, at="private")
    owner = interface_of(walker.ground, packet.source.owner)
    stranger = nobody.sends(walker) if owner is None else None
    place = owner or stranger
    if place is not None:
        block_public_access(walker, gateway, place, outward=True)
    if version == 4:
        mapped = public_of(walker.course, walker.ground, owner) if owner is not None and owner.vpc is vpc else None
        if stranger is not None and stranger.vpc is vpc:
            mapped = nobody.public(walker)
        if mapped is None:
            who = owner.name if owner is not None else walker.say(packet.source)
            told = f"{who} has no public address, and an internet gateway lets out nothing else"
            walker.drop(Reason.NO_PUBLIC_ADDRESS_OUT, gateway, KIND, told, interface=owner, at="out")
        edge(walker, gateway, vpc, came)
        told = f"{name(gateway)} writes {_whose(walker, mapped, owner, 'public')} as source"
        walker.packet = packet._replace(source=mapped)
        walker.note(gateway, KIND, "rewrites", "one-to-one", told)
    else:
        edge(walker, gateway, vpc, came)
        walker.note(gateway, KIND, "passes", "passes", f"{name(gateway)} lets IPv6 out as it is")
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    walker.packet = walker.packet._replace(receiver="")
    end = walker.destination
    if isinstance(end, Outside) and end.kind == "internet" and end.vpc is not None and end.vpc is not vpc:
        told = f"it leaves by {name(gateway)}, and {end.name} was asked for"
        walker.drop(Reason.NOBODY_HOME, gateway, KIND, told, at="gateway")
    walker.internet()


def edge(walker: Walker, gateway: Resource, vpc: Resource | None, came: Came | None = None) -> None:
    """Traffic that a gateway route table sends to a middlebox has to come back through it."""
    owner = interface_of(walker.ground, walker.packet.source.owner)
    table = tables.edge_table(walker.course, walker.ground, gateway)
    if table is None or owner is None or vpc is None:
        return
    own = private(walker.course, walker.ground, owner, walker.packet.version)
    if own is None:
        return
    route, _ = tables.choose(walker.course, walker.ground, table, vpc, walker.packet.version, own)
    if route is None or not isinstance(route.target, Resource):
        return
    box = route.target
    named = {box.urn, *firewall.named(walker, box)}
    passed = any(hop.component in named or box.urn == _eni(walker, hop.component) for hop in walker.hops)
    if not passed:
        told = f"what comes in for {owner.name} goes through {name(box)} first; going out it cannot leave it aside"
        walker.drop(Reason.REDIRECTED_WAY_BACK, gateway, KIND, told, "", route.location, came=came, box=box)


def _eni(walker: Walker, urn: str) -> str:
    resource = walker.ground.estate.resources.get(urn)
    found = walker.ground.estate.targets(urn, "uses_interface") if resource is not None else []
    return found[0].urn if found else ""


def come_in(walker: Walker) -> None:
    """From the internet to the interface that has the public address."""
    packet, version = walker.packet, walker.packet.version
    known = interface_of(walker.ground, packet.target.owner)
    owner = known or nobody.takes(walker)
    shown = walker.say(packet.target)
    if owner is None:
        walker.drop(Reason.NOBODY_HOME, "internet", "internet", f"{shown} belongs to nobody of this estate")
    vpc = owner.vpc
    if vpc is None:
        walker.unknown(
            owner.doubt or f"the VPC of {owner.name}", owner.resource, owner.kind, Reason.NO_PUBLIC_ADDRESS_IN
        )
        return
    outward = walker.sessions.get(f"egress-only {vpc.urn}")
    if outward is not None and walker.back and outward.resume is not None:
        outward.resume()
        return
    gateway = gateway_of(walker, vpc, owner)
    if gateway is None:
        walker.unknown(f"the internet gateway of {name(vpc)}", vpc, "VPC", Reason.ATTACHMENT_NOT_ACTIVE)
        return
    _own_gateway(walker, vpc, shown)
    _credible(walker, gateway, vpc)
    block_public_access(walker, gateway, owner, outward=False)
    if version == 4:
        own = _private(walker, gateway, owner) if known is not None else nobody.private(walker)
        if own is None:
            told = f"{name(gateway)} knows no interface with the public address {shown}"
            walker.drop(Reason.NO_PUBLIC_ADDRESS_IN, gateway, KIND, told, at="in")
        told = f"{name(gateway)} writes {_whose(walker, own, known, 'private')} as target"
        walker.packet = packet._replace(target=own, receiver=owner.urn)
        walker.note(gateway, KIND, "rewrites", "one-to-one", told)
    else:
        _open_balancer(walker, gateway, owner)
        walker.note(gateway, KIND, "passes", "passes", f"{name(gateway)} lets IPv6 in as it is")
    table = tables.edge_table(walker.course, walker.ground, gateway)
    if table is not None:
        route, _ = tables.choose(walker.course, walker.ground, table, vpc, version, walker.packet.target)
        if route is not None and isinstance(route.target, Resource):
            box = interface_of(walker.ground, route.target.urn)
            if version == 4 and box is not None and public_of(walker.course, walker.ground, box) is None:
                told = f"{box.name} stands in the way of what comes in, and has no public address, which that takes"
                walker.drop(Reason.MIDDLEBOX_HAS_NO_PUBLIC_ADDRESS, gateway, KIND, told, interface=box, at="box")
        if route is not None:
            walker.along(Came(vpc, None, None, table, route), route, table, walker.ground.inside(vpc))
            return
    walker.local(vpc, None)


def _private(walker: Walker, gateway: Resource, owner: Interface) -> Symbol:
    """The private address behind the public one of an interface."""
    mapped = public_of(walker.course, walker.ground, owner)
    own = private(walker.course, walker.ground, owner, 4)
    if mapped is None or own is None or not _is(walker, owner, mapped.axis):
        told = f"{name(gateway)} knows no interface with the public address {walker.say(walker.packet.target)}"
        if mapped is None:
            told = f"{owner.name} has no public address that the internet could send to"
        walker.drop(Reason.NO_PUBLIC_ADDRESS_IN, gateway, KIND, told, interface=owner, at="in")
    return own


def _open_balancer(walker: Walker, gateway: Resource, owner: Interface) -> None:
    """An internal balancer of both versions refuses what internet gateways bring over IPv6, unless told otherwise.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    """
    balancer = owner.resource
    if walker.back or balancer.kind != "aws_lb":
        return
    said, scheme = balancer.get("refuses_internet_gateways"), balancer.get("scheme")
    if said is None and isinstance(scheme, Unknown):
        refuses = not walker.course.perhaps(f"the scheme of {name(balancer)} ({scheme})")
    else:
        refuses = truth(
            walker.course, said, f"whether {name(balancer)} refuses internet gateways", scheme == "internal"
        )
    if refuses:
        told = f"{name(balancer)} takes nothing over IPv6 that an internet gateway brings, as internal balancers do"
        place = walker.ground.where(balancer, "scheme")
        walker.drop(Reason.NO_PUBLIC_ADDRESS_IN, gateway, KIND, told, "", place, at="internal")


def _own_gateway(walker: Walker, vpc: Resource, shown: str) -> None:
    """Who asks what comes in by one gateway asks for its own VPC: it takes nothing for another one."""
    start = walker.start
    if walker.back or not isinstance(start, Outside) or start.kind != "internet" or start.vpc in (None, vpc):
        return
    assert start.vpc is not None
    gateways = walker.ground.estate.holders(start.vpc.urn, "attached_to", "aws_internet_gateway")
    component: Resource | str = gateways[0] if gateways else start.name
    told = f"{start.name} leads into VPC {name(start.vpc)}; {shown} is in VPC {name(vpc)}"
    walker.drop(Reason.GATEWAY_OF_ANOTHER_VPC, component, KIND, told, at="gateway")


def _credible(walker: Walker, gateway: Resource, vpc: Resource) -> None:
    """Nobody on the internet sends from an address of the VPC, or from a private one."""
    packet, course = walker.packet, walker.course
    if walker.back:
        return
    shown = walker.say(packet.source)
    for low, high in walker.ground.ranges(vpc, packet.version):
        if course.within(packet.source, low, high):
            told = f"{shown} is an address of VPC {name(vpc)} itself: who sends from it from outside pretends to"
            walker.drop(Reason.SPOOFED_SOURCE, gateway, KIND, told, at="source")
    if packet.version != 4 or packet.source.axis:
        return
    for ranges, reason in ((PRIVATE, Reason.PRIVATE_SOURCE_AT_INTERNET), ((SHARED,), Reason.SHARED_SOURCE_AT_INTERNET)):
        for text in ranges:
            parsed = network(text)
            if parsed and course.within(packet.source, parsed[1], parsed[2]):
                told = f"nobody on the internet sends from {shown}, an address of {text}: no answer would find the way"
                walker.drop(reason, gateway, KIND, told, at="source")


def _whose(walker: Walker, symbol: Symbol, owner: Interface | None, word: str) -> str:
    known = "" if symbol.axis else f" {address(4, symbol.value)}"
    return f"the {word} address{known} of {owner.name if owner else 'the sender'}"


def _is(walker: Walker, owner: Interface, axis: str) -> bool:
    """Was the packet sent to the public address, or to a private one that the internet cannot know?"""
    target = walker.packet.target
    return bool(axis and target.axis == axis) or (not target.axis and target.value not in known(owner, 4))


def gateway_of(walker: Walker, vpc: Resource, owner: Interface) -> Resource | None:
    """The internet gateway of a VPC; None when it is not known whether there is one."""
    ground = walker.ground
    found = [g for g in ground.estate.holders(vpc.urn, "attached_to", "aws_internet_gateway") if walker.there(g)]
    if found:
        return found[0]
    if tables.is_default(walker.course, vpc):
        return vpc
    for gateway in ground.estate.of_kind("aws_internet_gateway"):
        said = gateway.get("vpc")
        if ground.missing(gateway, "vpc") or (isinstance(said, Unknown) and ground.attached_vpc(gateway) is None):
            return None
    outward = ground.estate.holders(vpc.urn, "attached_to", "aws_egress_only_internet_gateway")
    if walker.packet.version == 6 and outward:
        told = f"VPC {name(vpc)} has an egress-only gateway, which lets in answers and nothing else"
        walker.drop(Reason.GATEWAY_STARTS_ONLY_OUTWARD, outward[0], "egress-only gateway", told)
    told = f"VPC {name(vpc)} has no internet gateway"
    return walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, vpc, KIND, told, inside=ground.inside(vpc), vpc=vpc, at="gateway")
