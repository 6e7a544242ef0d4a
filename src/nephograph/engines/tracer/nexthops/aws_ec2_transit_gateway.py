"""Transit gateways: attachments, the table each is associated with, and the route that wins there.

Sources: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
"""

from __future__ import annotations

from nephograph.engines.tracer import transit
from nephograph.engines.tracer.axes import Axis
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import name, truth
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource

KIND = "transit gateway"
_DEAD = ("deleted", "deleting", "failed", "failing", "rejected", "rejecting", "pendingAcceptance", "initiatingRequest")


def follow(walker: Walker, gateway: Resource, came: Came) -> None:
    """A route of a VPC leads to the gateway."""
    attachment = _of_vpc(walker, gateway, came)
    if attachment is None:
        return
    _alive(walker, attachment)
    if _elsewhere(walker, attachment, walker.ground.zone(came.subnet), came.subnet):
        walker.unknown(f"the subnets of attachment {name(attachment)}", attachment, KIND)
        return
    zone_subnet = _zone_subnet(walker, gateway, attachment, came)
    if zone_subnet is not None:
        # A NAT gateway or a balancer on the way may stand in another zone than the one that sent first.
        walker.zone = walker.ground.zone(zone_subnet)
        # The list of the attachment's subnet looks at what comes in by its source; going out it is not asked.
        walker.border(zone_subnet, "ingress")
    through(walker, gateway, attachment)


def through(walker: Walker, gateway: Resource, attachment: Resource) -> None:
    """From one attachment to another."""
    associated = transit.association(walker, gateway, attachment)
    if associated is None:
        text = f"attachment {name(attachment)} is associated with no route table of {name(gateway)}"
        walker.drop(
            Reason.TRANSIT_NO_ASSOCIATION,
            attachment,
            KIND,
            text,
            "",
            walker.ground.where(attachment),
            gateway=gateway,
            at="association",
        )
    shown = walker.say(walker.packet.target)
    label = name(associated.table) if associated.table is not None else f"the default table of {name(gateway)}"
    component = associated.table or gateway
    route, others = transit.choose(walker, associated)
    if route is None:
        text = f"{label} has no route to {shown}"
        walker.drop(
            Reason.TRANSIT_HAS_NO_ROUTE,
            component,
            "transit gateway route table",
            text,
            "",
            walker.ground.where(component),
            because=others,
            gateway=gateway,
            associated=associated,
            at="route",
        )
    rule = f"{route.destination} → {name(route.attachment) if route.attachment else 'nowhere'}"
    if route.blackhole:
        text = f"the route of {label} for {route.destination} is a blackhole"
        walker.drop(
            Reason.TRANSIT_BLACKHOLE,
            component,
            "transit gateway route table",
            text,
            rule,
            route.location,
            because=others,
            item=route.at,
            gateway=gateway,
            at=route.destination,
        )
    text = f"{label} sends {route.destination} on"
    walker.note(component, KIND, "passes", "route", text, rule, route.location, because=others)
    if route.attachment is None:
        what = route.doubt or f"the attachment of the route of {label} for {route.destination}"
        walker.unknown(what, component, KIND, Reason.TRANSIT_HAS_NO_ROUTE, Reason.TRANSIT_ROUTES_UNKNOWN)
        return
    _alive(walker, route.attachment)
    _out(walker, gateway, attachment, route.attachment)


def _out(walker: Walker, gateway: Resource, came_by: Resource, attachment: Resource) -> None:
    kind = transit.type_of(attachment)
    if kind == "vpc":
        _into_vpc(walker, gateway, came_by, attachment)
        return
    walker.forget(Reason.GROUP_REFERENCE_LOST)
    if kind == "peering":
        ends = [*walker.ground.linked(attachment, "attached_to"), *walker.ground.linked(attachment, "attaches")]
        other = next((end for end in ends if end is not gateway and end.kind == "aws_ec2_transit_gateway"), None)
        if other is None:
            walker.unknown(f"the transit gateway on the other side of {name(attachment)}", attachment, KIND)
            return
        walker.note(attachment, KIND, "passes", "peering", f"{name(attachment)} leads to {name(other)}")
        through(walker, other, attachment)
    elif kind in ("vpn", "direct-connect-gateway"):
        walker.module("outside", "prefix").come_to(walker, transit.behind(walker, attachment))
    else:
        walker.unknown(f"what attachment {name(attachment)} ({kind}) does with packets", attachment, KIND)


def _into_vpc(walker: Walker, gateway: Resource, came_by: Resource, attachment: Resource) -> None:
    ground = walker.ground
    found = ground.linked(attachment, "attaches")
    if not found:
        lost = ground.missing(attachment, "resource") or ["not said"]
        walker.unknown(f"the VPC of attachment {name(attachment)} ({lost[0]})", attachment, KIND)
        return
    _remember_groups(walker, gateway, came_by, attachment)
    subnets = ground.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
    key = f"zone {attachment.urn}"
    zone = walker.zone
    if truth(walker.course, attachment.get("appliance_mode"), f"the appliance mode of {name(attachment)}", False):
        # Appliance mode keeps both directions of a connection in one zone.
        zone = walker.zones.setdefault(key, zone)
    if not subnets or _elsewhere(walker, attachment, zone):
        walker.unknown(f"the subnets of attachment {name(attachment)}", attachment, KIND)
        return
    what = f"by which subnet of attachment {name(attachment)} {name(gateway)} hands packets over: nothing says it"
    near = [s for s in subnets if ground.zone(s) == zone and zone]
    subnet = near[0] if near else _one_of(walker, attachment, subnets, what)
    if key in walker.zones:
        walker.zones[key] = ground.zone(subnet)
    walker.zone = ground.zone(subnet)
    text = f"{name(gateway)} hands it to VPC {name(found[0])} in subnet {name(subnet)}"
    walker.note(attachment, KIND, "passes", "attachment", text, inside=())
    walker.router(Came(found[0], subnet))


def _remember_groups(walker: Walker, gateway: Resource, came_by: Resource, attachment: Resource) -> None:
    """Groups are known across the gateway only where it and both attachments support references.

    https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
    """
    if not walker.packet.sender:
        return
    whole = f"security group referencing of {name(gateway)}"
    if not truth(walker.course, gateway.get("security_group_referencing"), whole, False):
        walker.forget(Reason.GROUP_REFERENCE_LOST)
        return
    for one in (came_by, attachment):
        if not truth(
            walker.course, one.get("security_group_referencing"), f"security group referencing of {name(one)}", True
        ):
            walker.forget(Reason.GROUP_REFERENCE_NOT_SUPPORTED)
            return


def _of_vpc(walker: Walker, gateway: Resource, came: Came) -> Resource | None:
    """The attachment of the VPC the packet comes from; None when the rest was left open."""
    ground = walker.ground
    held = ground.estate.holders(gateway.urn, "attached_to", "aws_ec2_transit_gateway_attachment")
    for attachment in held:
        if came.vpc is not None and came.vpc in ground.linked(attachment, "attaches") and walker.there(attachment):
            return attachment
    everywhere = ground.estate.of_kind("aws_ec2_transit_gateway_attachment")
    lost = [a for a in everywhere if ground.missing(a, "resource") or ground.missing(a, "transit_gateway")]
    if lost and not _said_elsewhere(walker, lost, came):
        walker.unknown(f"whether {name(lost[0])} attaches this VPC to {name(gateway)}", gateway, KIND)
        return None
    where = name(came.vpc) if came.vpc is not None else "this VPC"
    text = f"VPC {where} is not attached to transit gateway {name(gateway)}"
    return walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, gateway, KIND, text, came=came, at="attachment")


def _said_elsewhere(walker: Walker, lost: list[Resource], came: Came) -> bool:
    """Are all the attachments with missing ends known not to be of this VPC?"""
    return all(a.get("type") not in (None, "vpc") for a in lost) or came.vpc is None


def _alive(walker: Walker, attachment: Resource) -> None:
    state = attachment.get("state")
    behind = transit.behind(walker, attachment)
    if behind.kind == "aws_vpn_connection":
        transit.line_alive(walker, behind, Reason.TRANSIT_VPN_DOWN)
    elif state in _DEAD or not walker.there(attachment):
        text = f"attachment {name(attachment)} is {state or 'perhaps not there'}"
        place = walker.ground.where(attachment, "state")
        walker.drop(Reason.ATTACHMENT_NOT_ACTIVE, attachment, KIND, text, "", place, at="state")


def _elsewhere(walker: Walker, attachment: Resource, zone: str, own: Resource | None = None) -> bool:
    """Is none of the attachment's known subnets in the zone, and may one that is not known be?"""
    found = walker.ground.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
    here = any(one is own or (zone and walker.ground.zone(one) == zone) for one in found)
    return bool(not here and walker.ground.missing(attachment, "subnets"))


def _one_of(walker: Walker, attachment: Resource, subnets: list[Resource], what: str) -> Resource:
    """The subnet a packet takes where no zone says which: AWS chooses, so each is a case."""
    if len(subnets) == 1:
        return subnets[0]
    way = "back" if walker.back else "out"
    axis = Axis(f"subnet {attachment.urn} {way} {what}", ((0, len(subnets) - 1),), False, what)
    chosen = walker.course.take(axis)
    return next(one for at, one in enumerate(subnets) if walker.course.within(chosen, at, at))


def _zone_subnet(walker: Walker, gateway: Resource, attachment: Resource, came: Came) -> Resource | None:
    """The attachment's subnet in the zone of the sender: without one the gateway is out of reach."""
    ground = walker.ground
    subnets = ground.estate.targets(attachment.urn, "in_subnet", "aws_subnet")
    zone = ground.zone(came.subnet)
    if not subnets or came.subnet is None:
        return None
    if came.subnet in subnets:
        return came.subnet
    zones = {ground.zone(s): s for s in subnets}
    if zone and zone in zones:
        return zones[zone]
    if not zone or "" in zones:
        what = f"whether {name(gateway)} has an interface in the zone of subnet {name(came.subnet)}"
        if walker.course.perhaps(what):
            what = f"by which subnet of attachment {name(attachment)} {name(gateway)} takes packets of subnet"
            may = [s for s in subnets if not zone or not ground.zone(s)]
            return _one_of(walker, attachment, may, f"{what} {name(came.subnet)}: its zone is not known")
    text = f"{name(gateway)} has no interface in {zone or 'the zone'} of subnet {name(came.subnet)}"
    return walker.drop(
        Reason.TRANSIT_NOT_IN_ZONE,
        attachment,
        KIND,
        text,
        "",
        ground.where(attachment, "subnets"),
        came=came,
        at="zone",
    )
