"""The addresses of an interface: private ones, IPv6 ones, and the public one an internet gateway maps to it.

Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html,
https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
"""

from __future__ import annotations

from nephograph.engines.tracer.axes import Axis, Course, Interval, Symbol
from nephograph.engines.tracer.ground import Ground, name, present, truth
from nephograph.engines.tracer.packet import WHOLE, network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.services import speaks
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


def _cut(whole: Interval, *holes: str) -> tuple[Interval, ...]:
    found: list[Interval] = []
    low = whole[0]
    for hole in holes:
        parsed = network(hole)
        if parsed is None:
            continue
        if low < parsed[1]:
            found.append((low, parsed[1] - 1))
        low = parsed[2] + 1
    return (*found, (low, whole[1])) if low <= whole[1] else tuple(found)


PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
"""RFC 1918."""
SHARED = "100.64.0.0/10"
"""RFC 6598."""
INTERNET: dict[int, tuple[Interval, ...]] = {
    # RFC 6890: without the private, shared, loopback, link-local, benchmark, multicast and reserved ranges.
    # Documentation ranges (RFC 5737) stand for real ones in examples.
    4: _cut(
        WHOLE[4],
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "224.0.0.0/3",
    ),
    # RFC 4291: global unicast.
    6: ((0x2000 << 112, (0x4000 << 112) - 1),),
}


def public(version: int, value: int) -> bool:
    """Is it an address packets on the internet carry?"""
    return any(low <= value <= high for low, high in INTERNET[version])


def known(interface: Interface, version: int) -> list[int]:
    """The private (or IPv6) addresses of an interface that are said."""
    texts: list[object] = []
    for resource in dict.fromkeys((interface.own, interface.resource)):
        said = resource.get("ipv6_addresses") if version == 6 else resource.get("private_ips")
        texts += said if isinstance(said, list) else []
        if version == 4 and isinstance(resource.get("private_ip"), str):
            texts.append(resource.get("private_ip"))
    parsed = [network(text) for text in texts]
    if interface.eni is None and interface.subnet is not None and interface.urn != interface.resource.urn:
        # Addresses of all nodes stand in one list: this one's lie in its subnet.
        said = interface.subnet.get("cidr" if version == 4 else "ipv6_cidr")
        own = network(said)
        may = _may(interface, version)
        if own is None and len(may) == 1:
            return [may[0][0]]
        if not (isinstance(said, Unknown) and interface.resource.kind == "aws_instance"):
            parsed = [p for p in parsed if p and own and own[1] <= p[1] <= own[2]]
    return list(dict.fromkeys(p[1] for p in parsed if p and p[0] == version and p[1] == p[2]))


def _may(interface: Interface, version: int) -> list[Interval]:
    """The addresses of which one is this node's, where nothing says which."""
    parsed = [network(text) for text in interface.may]
    return [(p[1], p[1]) for p in parsed if p and p[0] == version]


def private(course: Course, ground: Ground, interface: Interface, version: int) -> Symbol | None:
    """The address of the interface inside its VPC; None when it has none of that version."""
    said = known(interface, version)
    if said:
        return Symbol(said[0], "", interface.urn)
    if interface.resource.kind == "aws_vpc_endpoint":
        if not speaks(course, interface.resource, version):
            return None
    elif version == 6 and not _has_ipv6(course, ground, interface):
        return None
    axis = Axis(
        f"{version} {interface.urn}", domain(ground, interface, version), False, f"the address of {interface.name}"
    )
    return course.take(axis, interface.urn)


def domain(ground: Ground, interface: Interface, version: int) -> tuple[Interval, ...]:
    """Where an address that is not said lies: in the subnet, else in the VPC, else anywhere."""
    if interface.subnet is not None and (own := ground.subnet_range(interface.subnet, version)):
        # AWS keeps the first four addresses and the last one of a subnet.
        return ((own[0] + 4, own[1] - 1),) if own[1] - own[0] >= 15 else (own,)
    if may := _may(interface, version):
        return tuple(sorted(may))
    ranges = ground.ranges(interface.vpc, version) if interface.vpc is not None else []
    return tuple(sorted(ranges)) or (WHOLE[version],)


def _has_ipv6(course: Course, ground: Ground, interface: Interface) -> bool:
    count = interface.own.get("ipv6_address_count")
    if isinstance(count, int | float) and count > 0:
        return True
    listed = interface.own.get("ipv6_addresses")
    if isinstance(listed, list) and any(isinstance(one, Unknown) for one in listed):
        return True
    if isinstance(listed, Unknown) or isinstance(count, Unknown):
        return course.perhaps(f"whether {interface.name} has an IPv6 address")
    if interface.resource.kind in ("aws_lb", "aws_elb"):
        stack = interface.resource.get("ip_address_type")
        if isinstance(stack, Unknown):
            return course.perhaps(f"the address type of {interface.name} ({stack})")
        return str(stack).startswith("dualstack")
    subnet = interface.subnet
    if subnet is None and interface.doubt and (interface.vpc is None or interface.vpc.get("ipv6_cidrs") is not None):
        return course.perhaps(f"whether {interface.name} has an IPv6 address")
    if subnet is None or subnet.get("ipv6_cidr") is None:
        return False
    if interface.resource.kind not in ("aws_instance", "aws_network_interface"):
        return course.perhaps(f"whether {interface.name} has an IPv6 address")
    return truth(course, subnet.get("ipv6_on_launch"), f"whether {name(subnet)} gives IPv6 addresses", False)


def public_of(course: Course, ground: Ground, interface: Interface) -> Symbol | None:
    """The public IPv4 address an internet gateway maps to the interface; None when there is none."""
    said = _said_public(interface)
    if said is not None:
        return Symbol(said, "", interface.urn)
    if of_zone := _of_zone(interface):
        return course.take(
            Axis(f"public {interface.urn}", of_zone, False, f"the public address of {interface.name}"), interface.urn
        )
    for holder in (interface.own, interface.resource):
        for eip in ground.estate.holders(holder.urn, "address_of", "aws_eip"):
            if not present(course, eip):
                continue
            parsed = network(eip.get("public_ip"))
            return Symbol(parsed[1], "", interface.urn) if parsed else _some(course, interface)
    if _gateway_address(ground, interface) or _asks(course, ground, interface) or _stray(course, ground, interface):
        return _some(course, interface)
    return None


def _some(course: Course, interface: Interface) -> Symbol:
    axis = Axis(f"public {interface.urn}", INTERNET[4], False, f"the public address of {interface.name}")
    return course.take(axis, interface.urn)


def _said_public(interface: Interface) -> int | None:
    for said in (interface.own.get("public_address"), interface.resource.get("public_ip")):
        parsed = network(said)
        if parsed:
            return parsed[1]
    return None


def _of_zone(interface: Interface) -> tuple[Interval, ...]:
    """The public addresses of a regional NAT gateway in its zone: which of them a connection gets, nobody says."""
    _, _, at = interface.urn.partition("#zone ")
    if not at:
        return ()
    said = interface.resource.get("zones", int(at), "public_ips")
    parsed = [network(text) for text in said] if isinstance(said, list) else []
    return tuple(sorted((p[1], p[2]) for p in parsed if p)) if all(parsed) else ()


def _gateway_address(ground: Ground, interface: Interface) -> bool:
    """A public NAT gateway, and a balancer that faces the internet, have addresses of their own."""
    resource = interface.resource
    if resource.kind == "aws_nat_gateway":
        return resource.get("connectivity") in (None, "public")
    return False


def _asks(course: Course, ground: Ground, interface: Interface) -> bool:
    """Is an address given by a flag of the resource or of its subnet?"""
    resource, subnet = interface.resource, interface.subnet
    if resource.kind == "aws_ecs_service" and interface.holder is not resource:
        return _machine_asks(course, interface)
    if resource.kind == "aws_nat_gateway" and isinstance(said := resource.get("connectivity"), Unknown):
        return course.perhaps(f"whether {name(resource)} is public ({said})")
    if resource.kind in ("aws_lb", "aws_elb"):
        scheme = resource.get("scheme")
        if isinstance(scheme, Unknown):
            return course.perhaps(f"the scheme of {name(resource)} ({scheme})")
        stack = resource.get("ip_address_type")
        return scheme in (None, "internet-facing") and stack != "dualstack-without-public-ipv4"
    for field in ("public_ip", "public"):
        flag = resource.get(field)
        if flag is not None and not isinstance(flag, str):
            return truth(course, flag, f"whether {name(resource)} has a public address", False)
    if resource.kind == "aws_instance" and interface.eni is None and resource.said in ("code", "plan"):
        if subnet is None:
            return course.perhaps(f"whether the subnet of {name(resource)} gives public addresses")
        return truth(course, subnet.get("public_ip_on_launch"), f"whether {name(subnet)} gives public addresses", False)
    if interface.eni is not None and interface.eni.said in ("code", "plan") and subnet is not None:
        # An interface made by itself: the pages leave open what the subnet's setting does.
        given = subnet.get("public_ip_on_launch")
        return given is True and course.perhaps(f"whether interface {name(interface.eni)} gets a public address")
    return False


def _machine_asks(course: Course, interface: Interface) -> bool:
    """Has the machine that tasks run on a public address: by its own word or its template's, else its subnet's?"""
    holder, subnet = interface.holder, interface.subnet
    whether = f"whether machines of {interface.name} get public addresses"
    if holder is None or subnet is None:
        return course.perhaps(whether)
    path = ("versions", 0, "public_ip") if holder.kind == "aws_launch_template" else ("public_ip",)
    said = holder.get(*path)
    if isinstance(said, str):
        return True
    if said is None and interface.eni is not None and holder.said not in ("code", "plan"):
        return False
    return truth(course, subnet.get("public_ip_on_launch") if said is None else said, whether, False)


def _stray(course: Course, ground: Ground, interface: Interface) -> bool:
    """An Elastic IP whose place is not known may be this one's."""
    field = "interface" if interface.eni is not None else "instance"
    if interface.resource.kind not in ("aws_instance", "aws_network_interface"):
        return False
    for eip in ground.estate.of_kind("aws_eip"):
        lost = ground.missing(eip, field)
        if lost and eip.scope == interface.resource.scope:
            return course.perhaps(f"what Elastic IP {name(eip)} is on ({lost[0]})")
    return False


def holder_of(ground: Ground, interfaces: list[Interface], version: int, value: int) -> list[Interface]:
    """The interfaces that are known to have an address."""
    return [interface for interface in interfaces if value in known(interface, version)]


def range_unknown(ground: Ground, vpc: Resource, version: int) -> str:
    """Why an address of a VPC that lies in no subnet may lie in one all the same, "" when it cannot."""
    field = "cidr" if version == 4 else "ipv6_cidr"
    for subnet in ground.estate.holders(vpc.urn, "in_network", "aws_subnet"):
        if isinstance(said := subnet.get(field), Unknown):
            return f"the range of subnet {name(subnet)} is not known ({said})"
    return ""


def subnet_at(ground: Ground, vpc: Resource, version: int, value: int) -> Resource | None:
    """The subnet of a VPC an address lies in."""
    for subnet in ground.estate.holders(vpc.urn, "in_network", "aws_subnet"):
        own = ground.subnet_range(subnet, version)
        if own and own[0] <= value <= own[1]:
            return subnet
    return None
