"""What security groups and network ACLs decide about a packet on its way, and how a trace tells it.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nephograph.engines.tracer import groups, lists, rewritten, tables
from nephograph.engines.tracer.axes import Course
from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import Packet
from nephograph.engines.tracer.places import Interface, interface_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker


def groups_at(walker: Walker, interface: Interface, direction: groups.Direction) -> None:
    """Stateful: what was let through once is let through both ways."""
    if interface.holder is None:
        return
    packet = walker.packet
    ingress = direction == "ingress"
    forgot = Reason(packet.forgot[1]) if ingress and packet.forgot[0] else None
    who = packet.sender if ingress else _receiver(walker, interface)
    was = packet.forgot[0]
    if not ingress and packet.receiver and not who:
        forgot, was = Reason.GROUP_REFERENCE_LOST, packet.receiver
    peer = packet.source if ingress else packet.target
    service = "" if ingress else _service(walker)
    asked = groups.Asked(packet.version, packet.protocol, peer, who, packet.target_port, forgot, was, service)
    let = groups.lets(walker.course, walker.ground, interface, direction, asked)
    component = let.group or interface.resource
    around = walker.inside(interface)
    verb = "in" if ingress else "out"
    shown = walker.shown()
    if not let.passed:
        reason = _kept(walker, interface, direction, asked) or let.reason

        def passes(aside: Course, other: Packet) -> bool:
            far_end = other.source if ingress else other.target
            known = other.sender if ingress else who
            again = asked._replace(peer=far_end, who=known, port=other.target_port, forgot=None)
            return groups.lets(aside, walker.ground, interface, direction, again).passed

        far = f"{'from' if ingress else 'to'} {walker.say(peer)}"
        text = f"no rule of {_named(walker, interface)} lets {shown} {verb} {far}"
        walker.drop(
            reason,
            component,
            "security group",
            text,
            "",
            let.location,
            around,
            rewritten.reasons(walker.course, packet, walker.back, _rewriters(walker), passes),
            interface=interface,
            direction=direction,
            peer=who,
            was=was,
            at=direction,
        )
    walker.tracked.add(interface.urn)
    walker.note(
        component,
        "security group",
        "passes",
        "group-lets",
        f"{_deciding(let.group, interface)} lets {shown} {verb}",
        let.rule,
        let.location,
        around,
    )


def _service(walker: Walker) -> str:
    """The service of AWS that a packet goes to by a public address, "" when it goes elsewhere."""
    end = walker.destination
    asked = isinstance(end, Outside) and end.kind == "service" and not walker.packet.target.owner
    return end.name if asked else ""


def _rewriters(walker: Walker) -> Iterator[tuple[Interface, Packet]]:
    """What has rewritten the packet on the way out, and the packet before that."""
    for key, session in walker.sessions.items():
        box = interface_of(walker.ground, key)
        if box is not None:
            yield box, session.before


def _deciding(group: Resource | None, interface: Interface) -> str:
    return f"security group {name(group)} of {interface.name}" if group is not None else f"what guards {interface.name}"


def _list(acl: Resource | None) -> str:
    return f"network ACL {name(acl)}" if acl is not None else "the default network ACL"


def _named(walker: Walker, interface: Interface) -> str:
    found = groups.groups_of(walker.ground, interface)
    if not found:
        return f"the default security group of {interface.name}"
    return f"security group {' or '.join(name(g) for g in found)} of {interface.name}"


def _kept(walker: Walker, interface: Interface, direction: groups.Direction, asked: groups.Asked) -> Reason | None:
    """A balancer that keeps the client's address: would its own address have been let in?"""
    session = walker.sessions.get(f"behind {interface.urn}")
    if session is None or direction == "egress" or walker.back:
        return None
    own = asked._replace(peer=session.before.target, who=session.before.target.owner, forgot=None)
    let = groups.lets(walker.course.aside(), walker.ground, interface, direction, own)
    return Reason.CLIENT_ADDRESS_KEPT if let.passed else None


def _receiver(walker: Walker, interface: Interface) -> str:
    """Whom groups know as the target: somebody of the VPC, or of one that is peered with it in the region."""
    receiver = interface_of(walker.ground, walker.packet.receiver)
    if receiver is None or receiver.vpc is None or interface.vpc is None or receiver.vpc is interface.vpc:
        return walker.packet.receiver
    if receiver.vpc.scope.region != interface.vpc.scope.region or interface.subnet is None:
        return ""
    table_, _ = tables.table_of(walker.course, walker.ground, interface.subnet)
    if table_ is None:
        return ""
    route, _ = tables.choose(
        walker.course, walker.ground, table_, interface.vpc, walker.packet.version, walker.packet.target
    )
    peered = (
        route is not None and isinstance(route.target, Resource) and route.target.kind == "aws_vpc_peering_connection"
    )
    return walker.packet.receiver if peered else ""


def list_at(
    walker: Walker, subnet: Resource, direction: groups.Direction, reason: Reason = Reason.NETWORK_LIST_REFUSES
) -> None:
    """The network ACL at the border of a subnet."""
    ruled = lists.rules(walker.course, walker.ground, subnet, direction, walker.packet)
    verb = "into" if direction == "ingress" else "out of"
    shown = walker.shown()
    around = walker.ground.inside(subnet, subnet)
    component = ruled.acl or subnet
    if not ruled.passed:
        text = f"network ACL {name(component)} does not let {shown} {verb} subnet {name(subnet)}"

        def passes(aside: Course, other: Packet) -> bool:
            return lists.rules(aside, walker.ground, subnet, direction, other).passed

        walker.drop(
            reason,
            component,
            "network ACL",
            text,
            ruled.rule,
            ruled.location,
            around,
            rewritten.reasons(walker.course, walker.packet, walker.back, _rewriters(walker), passes),
            subnet=subnet,
            direction=direction,
            item=ruled.item,
            at=direction,
        )
    walker.note(
        component,
        "network ACL",
        "passes",
        "list-lets",
        f"{_list(ruled.acl)} lets {shown} {verb} subnet {name(subnet)}",
        ruled.rule,
        ruled.location,
        around,
    )
