"""Network interfaces: every place of the estate a packet can leave from or arrive at.

An instance, a load balancer's node in a subnet, a database, a function, an endpoint, a NAT gateway: whatever has a
subnet and security groups has an interface there, whichever service it belongs to.
"""

from __future__ import annotations

from typing import NamedTuple

from nephograph.engines.tracer.axes import Course
from nephograph.engines.tracer.ground import Ground, name
from nephograph.engines.tracer.machines import machines
from nephograph.engines.tracer.packet import network
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_NOT_INTERFACES = (
    "aws_ec2_transit_gateway_attachment",
    "aws_network_acl",
    "aws_autoscaling_group",
    "aws_launch_template",
    "aws_eks_node_group",
)
_WORDS = {
    "aws_lb": "load balancer",
    "aws_elb": "load balancer",
    "aws_vpc_endpoint": "endpoint",
    "aws_nat_gateway": "NAT gateway",
    "aws_networkfirewall_firewall": "firewall",
    "aws_instance": "instance",
    "aws_network_interface": "interface",
}

INVOKED = "#invoked"
"""The end of the urn of what stands for a function that balancers invoke."""


class Interface(NamedTuple):
    """One interface. `urn` tells it from every other one; `resource` is what it belongs to, `eni` the interface's own
    resource where there is one. `holder` says the security groups, None when nothing filters here."""

    urn: str
    resource: Resource
    eni: Resource | None
    subnet: Resource | None
    vpc: Resource | None
    holder: Resource | None
    doubt: str = ""
    """Why the subnet is not known."""
    may: tuple[str, ...] = ()
    """Addresses of the resource that may be this node's, where the range of its subnet does not tell whose they are."""

    @property
    def name(self) -> str:
        """What sentences call it."""
        return name(self.resource)

    @property
    def kind(self) -> str:
        """What it is, in a word or two."""
        return _WORDS.get(self.resource.kind, self.resource.kind.removeprefix("aws_").replace("_", " "))

    @property
    def invoked(self) -> bool:
        """Is it no interface, but a function that balancers invoke?"""
        return self.urn.endswith(INVOKED)

    @property
    def own(self) -> Resource:
        """The resource that says the interface's addresses and its source/destination check."""
        return self.eni or self.resource


class Table:
    """All interfaces of an estate, by urn and by resource."""

    def __init__(self, ground: Ground) -> None:
        self.by_urn: dict[str, Interface] = {}
        self.of: dict[str, list[Interface]] = {}
        self.in_subnet: dict[str, list[Interface]] = {}
        self.standing: dict[str, Interface] = {}
        """What stands in a VPC and in no subnet of it: nobody's end of a question, but a stop on the way."""
        for resource in ground.estate.resources.values():
            for interface in _interfaces(ground, resource):
                self.by_urn[interface.urn] = interface
                self.of.setdefault(resource.urn, []).append(interface)
                if interface.subnet is not None:
                    self.in_subnet.setdefault(interface.subnet.urn, []).append(interface)
            if resource.kind == "aws_nat_gateway" and resource.get("availability") == "regional":
                for at in (-1, *range(len(_zones(resource)))):
                    node = standing_of(ground, resource, at)
                    self.standing[node.urn] = node


def table(ground: Ground) -> Table:
    """The interfaces of an estate, worked out once."""
    if ground.interfaces is None:
        ground.interfaces = Table(ground)
    found: Table = ground.interfaces
    return found


def interface_of(ground: Ground, urn: str) -> Interface | None:
    """The interface of that urn."""
    return table(ground).by_urn.get(urn) or table(ground).standing.get(urn)


def standing_of(ground: Ground, gateway: Resource, at: int) -> Interface:
    """What a regional NAT gateway is in its zone of that position, -1 when it is not said in which."""
    tail = f"#zone {at}" if at >= 0 else ""
    return Interface(gateway.urn + tail, gateway, None, None, ground.vpc(gateway), None)


def _zones(gateway: Resource) -> list[object]:
    said = gateway.get("zones")
    return said if isinstance(said, list) else []


def interfaces_of(ground: Ground, resource: Resource) -> list[Interface]:
    """The interfaces of a resource; those of a network interface are its own."""
    found = table(ground).of.get(resource.urn, [])
    if not found and resource.kind == "aws_network_interface":
        found = [i for i in table(ground).by_urn.values() if i.eni is resource]
    return found


def _interfaces(ground: Ground, resource: Resource) -> list[Interface]:
    if resource.kind == "aws_instance":
        own = ground.estate.targets(resource.urn, "uses_interface", "aws_network_interface")
        if own:
            first = [_at(ground, resource, s, "") for s in _beside(ground, resource, own)]
            return [*first, *(_of_eni(ground, eni, resource) for eni in own)]
        return [_at(ground, resource, subnet, why) for subnet, why in _subnets(ground, resource)]
    if resource.kind == "aws_network_interface":
        users = ground.estate.holders(resource.urn, "uses_interface")
        return [] if users or _made_by_service(resource) else [_of_eni(ground, resource, resource)]
    if resource.kind in _NOT_INTERFACES or resource.kind.endswith(("subnet_group", "route_table")):
        return []
    if resource.kind == "aws_vpc_endpoint" and resource.get("type") == "Gateway":
        return []
    found = [_at(ground, resource, subnet, why) for subnet, why in _subnets(ground, resource, strict=True)]
    if not found and resource.kind == "aws_ecs_service":
        return _on_machines(ground, resource)
    return found


def _beside(ground: Ground, instance: Resource, enis: list[Resource]) -> list[Resource]:
    """The subnet of an instance's first interface, where that is none of the interfaces that were made by themselves.

    An instance that says a subnet of its own was launched with an interface in it; what is attached comes beside it.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
    """
    said = network(instance.get("private_ip"))
    every = [network(text) for eni in enis for text in eni.get("private_ips") or () if isinstance(text, str)]
    if said in every or (said is None and instance.said not in ("code", "plan")):
        return []
    return ground.estate.targets(instance.urn, "in_subnet", "aws_subnet")


def is_first(course: Course, ground: Ground, interface: Interface) -> bool:
    """Is it the first interface of its instance, whose address is called where the instance is meant?"""
    every = interfaces_of(ground, interface.resource)
    if len(every) < 2 or interface.eni is None:
        return True
    if any(one.eni is None for one in every):
        return False
    said = network(interface.resource.get("private_ip"))
    if said is not None:
        own = interface.eni.get("private_ips")
        return said in [network(text) for text in own] if isinstance(own, list) else False
    return course.perhaps(f"whether {name(interface.eni)} is the first interface of {interface.name}")


def _on_machines(ground: Ground, service: Resource) -> list[Interface]:
    """Where tasks without an interface of their own stand: in the place of each machine they may run on."""
    every = machines(ground, service)
    groups = ground.estate.targets(service.urn, "registers_with", "aws_lb_target_group")
    near = next((vpc for group in groups if (vpc := ground.vpc(group)) is not None), None)
    found: dict[str, Interface] = {}
    for one in every:
        place = one.instance or one.subnet
        tail = f"#{place.urn}" if place is not None else ""
        same = sum(1 for other in found if other.partition("~")[0] == tail)
        tail += f"~{same + 1}" if same else ""
        vpc = ground.vpc(one.subnet) if one.subnet is not None else near
        urn = service.urn + tail + ("#one-of" if len(every) > 1 else "")
        found[tail] = Interface(urn, service, one.instance, one.subnet, vpc, one.holder, one.doubt)
    return list(found.values())


def _made_by_service(eni: Resource) -> bool:
    """Interfaces AWS makes for a balancer, an endpoint or a gateway: what they belong to has its own."""
    return eni.get("requester_managed") is True


def _of_eni(ground: Ground, eni: Resource, resource: Resource) -> Interface:
    found = ground.estate.targets(eni.urn, "in_subnet", "aws_subnet")
    subnet = found[0] if found else None
    why = "" if subnet is not None else _why(ground, eni, "subnet")
    vpc = ground.vpc(subnet) if subnet is not None else None
    return Interface(eni.urn, resource, eni, subnet, vpc, eni, why)


def _at(ground: Ground, resource: Resource, subnet: Resource | None, why: str) -> Interface:
    filtered = resource.kind not in ("aws_nat_gateway", "aws_networkfirewall_firewall") and not _open_balancer(
        ground, resource
    )
    tail = f"#{subnet.urn}" if subnet is not None else ""
    if why == "one-of":
        tail, why = f"{tail}#one-of", ""
    vpc = ground.vpc(subnet) if subnet is not None else ground.vpc(resource)
    may = _may_have(ground, resource, subnet) if subnet is not None else ()
    return Interface(resource.urn + tail, resource, None, subnet, vpc, resource if filtered else None, why, may)


def _may_have(ground: Ground, resource: Resource, subnet: Resource) -> tuple[str, ...]:
    """Of the addresses of all nodes those that lie in no other subnet, for a node whose subnet's range is not known."""
    found: list[str] = []
    for version, field in ((4, "private_ips"), (6, "ipv6_addresses")):
        said = resource.get(field)
        texts = said if isinstance(said, list) else [resource.get("private_ip")] if version == 4 else []
        if ground.subnet_range(subnet, version) is not None or resource.kind == "aws_instance":
            continue
        others = ground.estate.targets(resource.urn, "in_subnet", "aws_subnet")
        taken = [r for one in others if (r := ground.subnet_range(one, version)) is not None]
        left = []
        for text in texts:
            parsed = network(text)
            if parsed and parsed[0] == version and not any(low <= parsed[1] <= high for low, high in taken):
                left.append(str(text))
        # Fewer addresses than such subnets: the node may have one that is not said.
        found += left if len(left) >= len(others) - len(taken) else []
    return tuple(found)


def _open_balancer(ground: Ground, resource: Resource) -> bool:
    """A network balancer that was given no groups, and a gateway balancer, let everybody in.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
    """
    if resource.kind == "aws_vpc_endpoint":
        return bool(resource.get("type") == "GatewayLoadBalancer")
    if resource.kind != "aws_lb" or resource.get("type") not in ("network", "gateway"):
        return False
    given = ground.estate.targets(resource.urn, "has_security_group") or ground.missing(resource, "security_groups")
    return not given


def is_network(course: Course, balancer: Resource) -> bool:
    """Is it a Network Load Balancer? Where its type is not known it may be one."""
    said = balancer.get("type")
    if isinstance(said, Unknown):
        return course.perhaps(f"whether {name(balancer)} is a network balancer ({said})")
    return bool(said == "network")


def _subnets(ground: Ground, resource: Resource, strict: bool = False) -> list[tuple[Resource | None, str]]:
    found: list[tuple[Resource | None, str]] = [
        (subnet, "") for subnet in ground.estate.targets(resource.urn, "in_subnet", "aws_subnet")
    ]
    for group in ground.estate.targets(resource.urn, "in_subnet_group"):
        zone = resource.get("zone")
        members = ground.estate.targets(group.urn, "in_subnet", "aws_subnet")
        placed = [s for s in members if isinstance(zone, str) and zone and ground.zone(s) == zone] or members
        found += [(subnet, "one-of" if len(placed) > 1 else "") for subnet in placed]
    if found and resource.kind != "aws_elb":
        return found
    lost = [why for field in ("subnet", "subnets", "subnet_group") for why in ground.missing(resource, field)]
    if lost:
        # A classic balancer has a node in each of its subnets, in those that are not known, too.
        which = "another subnet" if found else "the subnet"
        return [*found, (None, f"{which} of {name(resource)} ({lost[0]})")]
    if found or strict:
        return found
    return [(None, f"the default subnet {name(resource)} is put into")]


def _why(ground: Ground, resource: Resource, field: str) -> str:
    lost = ground.missing(resource, field)
    return f"the subnet of {name(resource)} ({lost[0] if lost else 'not said'})"
