"""What an interface does with a packet that leaves it or comes to it: checks, groups, and who takes it from there.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security.html
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, NoReturn

from nephograph.engines.tracer import filters, nat_instances
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.ground import truth
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from nephograph.engines.tracer.walk import Walker


def send(walker: Walker, interface: Interface) -> None:
    """The packet leaves an interface: groups, and on to the router of the subnet.

    The source check is asked elsewhere: what sets out says its source, and who forwards was asked when it took it.
    """
    if interface.urn not in walker.tracked:
        filters.groups_at(walker, interface, "egress")
    session = walker.sessions.get(f"behind {interface.urn}") if walker.back else None
    if session is not None and session.resume is not None:
        session.resume()
        return
    if interface.subnet is None:
        walker.unknown(interface.doubt or f"the subnet of {interface.name}", interface.resource, interface.kind)
        return
    walker.zone = walker.ground.zone(interface.subnet)
    walker.router(Came(interface.vpc, interface.subnet, interface))


def enter(walker: Walker, interface: Interface, came_from: Resource | None) -> None:
    """The packet comes to an interface from a subnet (None: from outside the VPC): ACL, checks, groups."""
    subnet = interface.subnet
    if subnet is not None and (came_from is None or came_from.urn != subnet.urn):
        walker.border(subnet, "ingress")
    own = walker.packet.target.owner == interface.urn or _stands_for_the_sender(walker, interface)
    if not own and checks(walker, interface):
        _check(walker, interface)
    new = interface.urn not in walker.tracked
    if new:
        filters.groups_at(walker, interface, "ingress")
    if walker.is_destination(interface) and own:
        _accept(walker, interface)
    elif does_more(interface):
        walker.module("arrivals", interface.resource.kind).arrive(walker, interface)
    elif own and nat_instances.hand_back(walker, interface):
        send(walker, interface)
    elif own:
        text = f"the packet ends at {interface.name}, which is not where it was going"
        around = walker.inside(interface)
        walker.drop(Reason.NOBODY_HOME, interface.resource, interface.kind, text, inside=around, came=walker.routed)
    else:
        walker.note(
            interface.resource,
            interface.kind,
            "forwards",
            "forwards",
            f"{interface.name} is taken to forward what is not for itself",
            inside=walker.inside(interface),
        )
        walker.assume(f"{interface.name} forwards what its routes and its system are set up to forward")
        if new:
            # What it sends on is no answer: its groups are asked about the way out, too (VPC_NAT_Instance.html).
            filters.groups_at(walker, interface, "egress")
        # Behind a middlebox groups know the sender by its address alone (route-table-options.html).
        walker.forget(Reason.GROUP_REFERENCE_LOST)
        nat_instances.translate(walker, interface)
        send(walker, interface)


def _stands_for_the_sender(walker: Walker, interface: Interface) -> bool:
    """Is this the answer to a packet that the interface sent from an address that is not its own?"""
    return walker.is_destination(interface) and walker.packet.target.value == walker.first.source.value


def _accept(walker: Walker, interface: Interface) -> None:
    if not walker.back and does_more(interface):
        walker.module("arrivals", interface.resource.kind).accept(walker, interface)
    walker.deliver(interface)


def does_more(interface: Interface) -> bool:
    """Is there a file of what its kind does with packets?"""
    room = f"nephograph.engines.tracer.arrivals.{interface.resource.kind}"
    return importlib.util.find_spec(room) is not None


def checks(walker: Walker, interface: Interface) -> bool:
    """Does the interface look whether it is the source or the target itself?"""
    said = (interface.eni or interface.resource).get("source_dest_check")
    if interface.eni is not None and said is None:
        said = interface.resource.get("source_dest_check")
    return truth(walker.course, said, f"the source/destination check of {interface.name}", True)


def _check(walker: Walker, interface: Interface) -> NoReturn:
    own = interface.eni or interface.resource
    text = f"{interface.name} may only take packets whose target it is itself: its source/destination check is on"
    place = walker.ground.where(own, "source_dest_check")
    walker.drop(
        Reason.SOURCE_DEST_CHECK,
        own,
        interface.kind,
        text,
        "source/destination check",
        place,
        walker.inside(interface),
    )
