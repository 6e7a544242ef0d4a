"""Global Accelerator: an address at the edge that leads clients to balancers and instances, in private subnets, too.

What it leads to needs no public address and no route to the internet; its VPC has an internet gateway attached. Groups
see the client where its address is kept, network ACLs are asked about what goes out; of what comes in the page is not
clear. Sources: https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html,
https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from nephograph.engines.tracer.addresses import INTERNET, private
from nephograph.engines.tracer.axes import Axis, Course, Symbol
from nephograph.engines.tracer.ground import Ground, name, truth
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.public_access import block_public_access
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "aws_globalaccelerator_accelerator"
_WORD = "accelerator"
_LED = "accelerated"


class _Led(NamedTuple):
    """An accelerator that leads to an interface: by which listener, group and position in it."""

    accelerator: Resource
    listener: Resource
    group: Resource
    at: int
    endpoint: Interface
    doubt: str = ""
    """Why it is not known that it does. Where the whole list of a group is not known `at` is 0."""

    @property
    def item(self) -> Any:
        """What the group says of the endpoint."""
        return self.group.get("endpoints", self.at)


def doors(ground: Ground, endpoint: Interface) -> list[Interface]:
    """What stands for each accelerator that leads to an interface, or may: an address outside of every VPC."""
    found: dict[str, Interface] = {}
    for group in ground.estate.of_kind("aws_globalaccelerator_endpoint_group"):
        for at, lost in _places(ground, group, endpoint):
            for listener, whose in _of(ground, group, "answers_for", "listener", "aws_globalaccelerator_listener"):
                for accelerator, which in _of(ground, listener, "listens_for", "accelerator", KIND):
                    urn = f"{accelerator.urn}#{endpoint.urn}"
                    found[urn] = Interface(urn, accelerator, None, None, None, None)
                    led = ground.once.setdefault((_LED, urn), [])
                    one = _Led(accelerator, listener, group, at, endpoint, lost or whose or which)
                    led += [one] if one not in led else []
    return list(found.values())


def _places(ground: Ground, group: Resource, endpoint: Interface) -> Iterator[tuple[int, str]]:
    """(position of an endpoint in a group, why it is not known to be there)."""
    items = group.get("endpoints")
    may = endpoint.resource.kind in ("aws_lb", "aws_instance")
    if isinstance(items, Unknown) and may:
        yield 0, f"the endpoints of {name(group)} ({items})"
    for at in range(len(items) if isinstance(items, list) else 0):
        if endpoint.resource in ground.linked(group, "has_target", "endpoints", at):
            yield at, ""
        elif may and (lost := ground.missing(group, "endpoints", at)):
            yield at, f"whether {endpoint.name} is an endpoint of {name(group)} ({lost[0]})"


def _of(ground: Ground, part: Resource, edge: str, field: str, kind: str) -> list[tuple[Resource, str]]:
    """(what a part belongs to, why that is not known): any of its kind, where it is not known which."""
    if found := ground.estate.targets(part.urn, edge, kind):
        return [(one, "") for one in found]
    lost = ground.lost(part, field)
    return [(one, f"whether {name(part)} is of {name(one)} ({lost[0]})") for one in ground.estate.of_kind(kind) if lost]


def speaks(door: Interface, version: int) -> bool:
    """Has the accelerator addresses of that version, as far as is known?"""
    stack = door.resource.get("ip_address_type")
    return version == 4 or isinstance(stack, Unknown) or str(stack).upper() == "DUAL_STACK"


def address(course: Course, door: Interface, version: int) -> Symbol | None:
    """The address clients send to; None when the accelerator has none of that version."""
    accelerator = door.resource
    stack = accelerator.get("ip_address_type")
    if version == 6 and isinstance(stack, Unknown):
        if not course.perhaps(f"the address type of {name(accelerator)} ({stack})"):
            return None
    elif not speaks(door, version):
        return None
    said = accelerator.get("ip_addresses")
    parsed = [network(text) for text in said] if isinstance(said, list) else []
    known = next((p[1] for p in parsed if p and p[0] == version), None)
    if known is not None:
        return Symbol(known, "", door.urn)
    text = f"the address of {name(accelerator)}"
    return course.take(Axis(f"edge {version} {accelerator.urn}", INTERNET[version], False, text), door.urn)


def leads(walker: Walker) -> bool:
    """Is the packet for an accelerator? Then it is led to the endpoint."""
    found: list[_Led] = walker.ground.once.get((_LED, walker.packet.target.owner), [])
    if not found:
        return False
    for one in found:
        if one.doubt and not walker.course.perhaps(one.doubt):
            continue
        port = _port(walker, one)
        if port is not None:
            _lead(walker, one, port)
            return True
    accelerator = found[0].accelerator
    text = f"accelerator {name(accelerator)} does not listen for {walker.said()}"
    return walker.drop(Reason.ACCELERATOR_SENDS_NOTHING, accelerator, _WORD, text, at="listener")


def _port(walker: Walker, led: _Led) -> Symbol | None:
    """The endpoint's port for what was asked; None where this listener does not take it."""
    course, packet, called = walker.course, walker.packet, name(led.accelerator)
    protocol = led.listener.get("protocol")
    if isinstance(protocol, Unknown):
        if packet.protocol not in ("tcp", "udp") or not course.perhaps(f"the protocol of {called} ({protocol})"):
            return None
    elif packet.protocol != str(protocol or "TCP").lower():
        return None
    items = led.listener.get("ports")
    for item in items if isinstance(items, list) else [items]:
        low, high = (item.get("from_port"), item.get("to_port")) if isinstance(item, dict) else (item, item)
        if isinstance(low, int | float) and isinstance(high, int | float):
            if not course.within(packet.target_port, int(low), int(high)):
                continue
        elif not course.perhaps(f"the ports of {called}"):
            continue
        return _overridden(walker, led)
    return None


def _overridden(walker: Walker, led: _Led) -> Symbol:
    said = led.group.get("port_overrides")
    if isinstance(said, Unknown):
        text = f"the port overrides of {name(led.accelerator)} ({said})"
        return walker.course.take(Axis(f"override {led.group.urn}", ((1, 65535),), False, text))
    for one in said if isinstance(said, list) else ():
        own, behind = (one.get("listener_port"), one.get("endpoint_port")) if isinstance(one, dict) else (one, one)
        told = f"a port override of {name(led.accelerator)}"
        if isinstance(own, int | float):
            applies = walker.course.within(walker.packet.target_port, int(own), int(own))
        else:
            applies = isinstance(own, Unknown) and walker.course.perhaps(f"whether {told} is for this port ({own})")
        if applies and isinstance(behind, int | float):
            return Symbol(int(behind))
        if applies and isinstance(behind, Unknown):
            axis = Axis(f"override {led.group.urn}", ((1, 65535),), False, f"the port of {told} ({behind})")
            return walker.course.take(axis)
    return walker.packet.target_port


def _lead(walker: Walker, led: _Led, port: Symbol) -> None:
    """To the endpoint, whatever routes say; and its answer back the same way."""
    accelerator, endpoint = led.accelerator, led.endpoint
    gateway = _sends(walker, led)
    if gateway is None:
        return
    packet = walker.packet
    target = private(walker.course, walker.ground, endpoint, packet.version)
    if target is None:
        text = f"{endpoint.name} has no address of IPv{packet.version}"
        walker.drop(Reason.NOBODY_HOME, accelerator, _WORD, text)
    block_public_access(walker, gateway, endpoint, outward=False)
    source = packet.source if _keeps(walker, led) else _edge(walker, accelerator)
    walker.sessions[f"behind {endpoint.urn}"] = Session(packet, lambda: _back(walker, led, packet))
    walker.packet = packet._replace(source=source, target=target, target_port=port, receiver=endpoint.urn, sender="")
    place = walker.ground.where(led.group, "endpoints", led.at)
    text = f"{name(accelerator)} leads it to {endpoint.name} port {port.value}"
    walker.note(accelerator, _WORD, "rewrites", "accelerates", text, "", place)
    if endpoint.subnet is not None and not walker.course.perhaps(
        f"whether network ACLs are asked about what {name(accelerator)} sends"
    ):
        walker.border(endpoint.subnet, "ingress")
    walker.enter(endpoint, endpoint.subnet)


def _back(walker: Walker, led: _Led, before: Any) -> None:
    if led.endpoint.subnet is not None:
        walker.border(led.endpoint.subnet, "egress")
    walker.packet = before.answer()
    text = f"{name(led.accelerator)} answers in its own name"
    walker.note(led.accelerator, _WORD, "rewrites", "accelerates", text)
    walker.internet()


def _sends(walker: Walker, led: _Led) -> Resource | None:
    """Is anything sent to the endpoint? The internet gateway of its VPC; None where nobody knows which that is."""
    ground, course = walker.ground, walker.course
    accelerator, endpoint = led.accelerator, led.endpoint
    item = led.item
    open_ = truth(course, accelerator.get("enabled"), f"whether {name(accelerator)} is enabled", True)
    open_ = open_ and all(walker.there(one) for one in (led.listener, led.group, accelerator))
    weight = item.get("weight") if isinstance(item, dict) else item
    for value, what in ((weight, "weight"), (led.group.get("traffic_dial"), "traffic dial")):
        if isinstance(value, Unknown):
            open_ = open_ and course.perhaps(f"the {what} of {endpoint.name} at {name(accelerator)} ({value})")
        else:
            open_ = open_ and value != 0
    if not open_:
        text = f"{name(accelerator)} sends nothing to {endpoint.name}"
        place = ground.where(led.group, "endpoints", led.at)
        walker.drop(Reason.ACCELERATOR_SENDS_NOTHING, accelerator, _WORD, text, "", place, at="endpoint")
    vpc = endpoint.vpc
    attached = ground.estate.holders(vpc.urn, "attached_to", "aws_internet_gateway") if vpc is not None else []
    gateway = next((one for one in attached if walker.there(one)), None)
    if gateway is None:
        every = ground.estate.of_kind("aws_internet_gateway")
        lost = [(g, why[0]) for g in every if (why := ground.missing(g, "vpc"))]
        gateway = lost[0][0] if lost and course.perhaps(f"the VPC of {name(lost[0][0])} ({lost[0][1]})") else None
    if gateway is None and vpc is None:
        walker.unknown(f"the VPC of {endpoint.name}", endpoint.resource, endpoint.kind)
        return None
    if gateway is None:
        text = f"the VPC of {endpoint.name} has no internet gateway, which {name(accelerator)} takes"
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, accelerator, _WORD, text, at="accelerator")
    return gateway


def _keeps(walker: Walker, led: _Led) -> bool:
    """Does the endpoint see the client? Instances and internal application balancers always do."""
    resource = led.endpoint.resource
    item = led.item
    said = item.get("preserve_client_ip") if isinstance(item, dict) else item
    application = resource.kind == "aws_lb" and resource.get("type") in (None, "application")
    if resource.kind == "aws_instance" or (application and resource.get("scheme") == "internal"):
        return True
    return truth(walker.course, said, f"whether {name(resource)} sees the addresses of clients", application)


def _edge(walker: Walker, accelerator: Resource) -> Symbol:
    version = walker.packet.version
    text = f"the address accelerator {name(accelerator)} sends from"
    return walker.course.take(Axis(f"from the edge {version} {accelerator.urn}", INTERNET[version], False, text))


def in_front(ground: Ground, nodes: list[Interface]) -> Iterator[Interface]:
    """The accelerators in front of any of the nodes."""
    for node in nodes:
        yield from doors(ground, node)
