"""Which interfaces the internet knows an IPv4 address of.

Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
"""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.reachability.addresses import prefix
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.machines import on_machines, stands
from nephograph.engines.reachability.reading import Reading, doubtful, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


class Public(NamedTuple):
    """Whether there is a public address: `value` where it is said, `why` where it is open whether there is any."""

    there: bool
    value: int | None = None
    why: str = ""


NONE = Public(False)
SOME = Public(True)


def public_of(reading: Reading, interface: Interface) -> Public:
    """The public IPv4 address of an interface."""
    estate = reading.estate
    owner = estate.resources[interface.owner]
    own = estate.resources[interface.eni] if interface.eni else owner
    for said in (own.get("public_address"), owner.get("public_ip")):
        if parsed := prefix(said):
            return Public(True, parsed.low)
    doubt = ""
    for holder in (own, owner):
        for elastic in estate.holders(holder.urn, "address_of", "aws_eip"):
            parsed = prefix(elastic.get("public_ip"))
            if elastic.existence is None:
                return Public(True, parsed.low if parsed else None)
            doubt = doubt or doubtful(elastic)
    given = _without_elastic(reading, interface, owner, own)
    return Public(True, None, doubt) if doubt and (not given.there or given.why) else given


def _without_elastic(reading: Reading, interface: Interface, owner: Resource, own: Resource) -> Public:
    if owner.kind == "aws_nat_gateway":
        return _of_gateway(owner)
    given = _asked(reading, interface, owner, own)
    return given if given.there else _stray(reading, interface, owner)


def _of_gateway(gateway: Resource) -> Public:
    """The address of a NAT gateway, by what it is for."""
    connectivity, address = gateway.get("connectivity"), gateway.get("public_ip")
    if connectivity in (None, "public"):
        return SOME
    for said in (connectivity, address):
        if isinstance(said, Unknown):
            return Public(True, None, f"whether {name(gateway)} has a public address ({said})")
    return NONE


def _perhaps(said: object, what: str, default: bool) -> Public:
    if isinstance(said, Unknown):
        return Public(True, None, f"{what} ({said})")
    return SOME if (default if said is None else bool(said)) else NONE


def _of_machine(
    reading: Reading, interface: Interface, service: Resource, own: Resource, subnet: Resource | None
) -> Public:
    """Tasks that share the network of their machine share its public address: as it or its template asks."""
    what = f"whether machines of {name(service)} get public addresses"
    if subnet is None or interface.membership.lost:
        return Public(True, None, what)
    said = own.get("public_ip") if own is not service else None
    if own is service:
        here = [one for one in stands(reading, service) if one.subnet is subnet and one.instance is None]
        made = here[0].holder if here else None
        if made is not None:
            said = made.get("versions", 0, "public_ip") if made.kind == "aws_launch_template" else made.get("public_ip")
    if isinstance(said, str):
        return SOME
    if said is None and own is not service and own.said not in ("code", "plan"):
        return NONE
    return _perhaps(subnet.get("public_ip_on_launch") if said is None else said, what, False)


def _asked(reading: Reading, interface: Interface, owner: Resource, own: Resource) -> Public:
    """A flag of the resource, else the setting of its subnet."""
    subnet = reading.estate.resources.get(interface.subnet)
    if owner.kind == "aws_ecs_service" and on_machines(reading, owner):
        return _of_machine(reading, interface, owner, own, subnet)
    if owner.kind in ("aws_lb", "aws_elb"):
        scheme = owner.get("scheme")
        if isinstance(scheme, Unknown):
            return Public(True, None, f"the scheme of {name(owner)} ({scheme})")
        stack = owner.get("ip_address_type")
        return SOME if scheme in (None, "internet-facing") and stack != "dualstack-without-public-ipv4" else NONE
    for field in ("public_ip", "public"):
        said = owner.get(field)
        if said is not None and not isinstance(said, str):
            return _perhaps(said, f"whether {name(owner)} has a public address", False)
    if owner.kind == "aws_instance" and not interface.eni and owner.said in ("code", "plan"):
        if subnet is None:
            return Public(True, None, f"whether the subnet of {name(owner)} gives public addresses")
        return _perhaps(subnet.get("public_ip_on_launch"), f"whether {name(subnet)} gives public addresses", False)
    wanted = interface.eni and own.said in ("code", "plan")
    if wanted and subnet is not None and subnet.get("public_ip_on_launch") is True:
        # An interface made by itself: the pages leave open what the subnet's setting does.
        return Public(True, None, f"whether interface {name(own)} gets a public address")
    return NONE


def _stray(reading: Reading, interface: Interface, owner: Resource) -> Public:
    """An Elastic IP whose place is not known may be this one's."""
    if owner.kind not in ("aws_instance", "aws_network_interface") or not reading.estate.unlinked:
        return NONE
    field = "interface" if interface.eni else "instance"
    for elastic in reading.estate.of_kind("aws_eip"):
        lost = reading.lost(elastic, field)
        if lost and elastic.scope == owner.scope:
            return Public(True, None, f"what Elastic IP {name(elastic)} is on ({lost[0]})")
    return NONE
