"""Where packets start and end: every network interface, with its subnet, groups and addresses.

Whatever has a subnet and security groups has an interface there; a balancer has one in each of its subnets.
Sources: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (addresses AWS keeps),
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nephograph.engines.reachability.addresses import BITS, Interval, prefix
from nephograph.engines.reachability.machines import stands
from nephograph.engines.reachability.reading import Reading, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_ELSEWHERE = frozenset(
    (
        "aws_ec2_transit_gateway_attachment",
        "aws_network_acl",
        "aws_autoscaling_group",
        "aws_launch_template",
        "aws_eks_node_group",
    )
)
"""Kinds that have subnets and no interface of their own."""

DEFAULT_GROUP = "the rules of the default security group"
"""What is not known where an interface has the default group of a VPC that is not in the data."""

UNFILTERED = frozenset(("aws_nat_gateway", "aws_networkfirewall_firewall"))


class Membership(NamedTuple):
    """The groups of an interface: `filtered` False when nothing filters, `lost` are groups that are not in the data.

    Without any, the VPC's default group holds: `default` names that VPC ("" when the VPC is not known).
    """

    filtered: bool
    groups: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    default: str | None = None

    @property
    def unsure(self) -> str:
        """Why it is open in which groups the interface is, "" when that is known."""
        if self.lost:
            return f"a security group ({self.lost[0]})"
        return DEFAULT_GROUP if self.filtered and not self.groups and self.default == "" else ""


class Interface(NamedTuple):
    """One interface. `owner` is the urn of what it belongs to, `eni` the urn of its own resource ("" without one).

    `alone` is False where the owner stands in one of several subnets and nobody says in which. `addresses` are the
    places it may have, by version: one address where it is said, the ranges it may lie in otherwise; no entry, no
    address. `unsure` says why it is open whether it has an address of a version at all.
    """

    urn: str
    owner: str
    eni: str
    subnet: str
    vpc: str
    membership: Membership
    addresses: dict[int, tuple[Interval, ...]]
    unsure: dict[int, str]
    doubt: str = ""
    alone: bool = True


class Inventory:
    """All interfaces of an estate, in urn order."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._defaults: dict[str, tuple[str, ...]] = {}
        self._ranges: dict[tuple[str, int], Interval | None] = {}
        self._memberships: dict[Membership, Membership] = {}
        found: list[Interface] = []
        for resource in reading.estate.resources.values():
            found.extend(self._of(resource))
        self.all = {interface.urn: interface for interface in found}

    def _of(self, resource: Resource) -> Iterator[Interface]:
        estate, kind = self.reading.estate, resource.kind
        if kind == "aws_network_interface":
            if resource.get("requester_managed") is not True and not estate.incoming(resource.urn, "uses_interface"):
                yield self._own(resource, resource)
            return
        if kind in _ELSEWHERE or kind.endswith(("subnet_group", "route_table")):
            return
        if kind == "aws_vpc_endpoint" and resource.get("type") == "Gateway":
            return
        if kind == "aws_instance":
            own = estate.targets(resource.urn, "uses_interface", "aws_network_interface")
            if own:
                yield from (self._at(resource, s, True, "") for s in launched_in(self.reading, resource, own))
                yield from (self._own(eni, resource) for eni in own)
                return
        subnets, alone = self._subnets(resource)
        for subnet in subnets:
            yield self._at(resource, subnet, alone, "")
        if subnets and (lost := self.reading.lost(resource, "subnets")):
            # Where several were meant one is not known: whatever stands there stands in the VPC of the others.
            near = self.reading.vpc_of(subnets[0].urn)
            yield self._at(resource, None, True, f"a subnet of {name(resource)} ({lost[0]})", near)
        elif subnets and (why := self._in_group(resource)):
            yield self._at(resource, None, False, why, self.reading.vpc_of(subnets[0].urn))
        if not subnets:
            why = self._nowhere(resource)
            if why:
                yield self._at(resource, None, True, why)
            elif kind == "aws_ecs_service":
                yield from self._on_machines(resource)

    def _on_machines(self, service: Resource) -> Iterator[Interface]:
        """Tasks that share the network of their machine stand where such machines do."""
        estate, reading = self.reading.estate, self.reading
        every = stands(reading, service)
        groups = estate.targets(service.urn, "registers_with", "aws_lb_target_group")
        near = next((vpc for group in groups if (vpc := reading.vpc_of(group.urn))), "")
        again: dict[str, int] = {}
        for one in every:
            place = one.instance or one.subnet
            tail = f"#{place.urn}" if place else ""
            again[tail] = again.get(tail, 0) + 1
            tail += f"~{again[tail]}" if again[tail] > 1 else ""
            urn = service.urn + tail + ("" if len(every) == 1 else "#one-of")
            made = self._made(urn, service, one.instance, one.subnet, one.holder, one.doubt, len(every) == 1)
            if one.holder is None:
                made = made._replace(membership=Membership(True, (), (one.doubt,)))
            if one.subnet is None:
                whether = {6: f"whether {name(service)} has an IPv6 address"}
                made = made._replace(vpc=near, addresses={v: self._domain(None, near, v) for v in BITS}, unsure=whether)
            yield made

    def _subnets(self, resource: Resource) -> tuple[list[Resource], bool]:
        reading = self.reading
        estate = reading.estate
        found = [
            estate.resources[e.target]
            for e in estate.outgoing(resource.urn)
            if e.kind == "in_subnet" and e.target in estate.resources
        ]
        found = [r for r in found if r.kind == "aws_subnet"]
        alone = True
        for group in estate.targets(resource.urn, "in_subnet_group"):
            members = estate.targets(group.urn, "in_subnet", "aws_subnet")
            zone = resource.get("zone")
            placed = [s for s in members if isinstance(zone, str) and zone and reading.zone(s) == zone] or members
            found += placed
            alone = alone and len(placed) < 2 and not self._in_group(resource)
        return found, alone

    def _in_group(self, resource: Resource) -> str:
        """Why not all the subnets are known that something in a subnet group may stand in."""
        for group in self.reading.estate.targets(resource.urn, "in_subnet_group"):
            if lost := self.reading.lost(group, "subnets"):
                return f"the subnets of {name(group)} ({lost[0]})"
        return ""

    def _nowhere(self, resource: Resource) -> str:
        lost = [w for field in ("subnet", "subnets", "subnet_group") for w in self.reading.lost(resource, field)]
        if lost:
            return f"the subnet of {name(resource)} ({lost[0]})"
        if why := self._in_group(resource):
            return why
        return f"the default subnet {name(resource)} is put into" if resource.kind == "aws_instance" else ""

    def _own(self, eni: Resource, owner: Resource) -> Interface:
        found = self.reading.estate.targets(eni.urn, "in_subnet", "aws_subnet")
        if not found:
            lost = self.reading.lost(eni, "subnet") or ["not said"]
            return self._made(eni.urn, owner, eni, None, eni, f"the subnet of {name(eni)} ({lost[0]})", True)
        return self._made(eni.urn, owner, eni, found[0], eni, "", True)

    def _at(self, resource: Resource, subnet: Resource | None, alone: bool, doubt: str, near: str = "") -> Interface:
        urn = resource.urn + (f"#{subnet.urn}" if subnet is not None else "") + ("" if alone else "#one-of")
        open_ = resource.kind in UNFILTERED or self._lets_everybody_in(resource)
        return self._made(urn, resource, None, subnet, None if open_ else resource, doubt, alone, near)

    def _lets_everybody_in(self, resource: Resource) -> bool:
        """Network balancers that were given no groups, and gateway balancers with their endpoints."""
        if resource.kind == "aws_vpc_endpoint":
            return bool(resource.get("type") == "GatewayLoadBalancer")
        if resource.kind != "aws_lb" or resource.get("type") not in ("network", "gateway"):
            return False
        return not self._has_groups(resource)

    def _has_groups(self, resource: Resource) -> bool:
        reading = self.reading
        held = reading.estate.outgoing(resource.urn, "has_security_group")
        return bool(held or reading.lost(resource, "security_groups"))

    def _perhaps_open(self, holder: Resource) -> tuple[str, ...]:
        """Why it is open whether a balancer without groups filters at all."""
        said = holder.get("type")
        if holder.kind != "aws_lb" or not isinstance(said, Unknown) or self._has_groups(holder):
            return ()
        return (f"whether {name(holder)} is a network balancer: {said}",)

    def _made(
        self,
        urn: str,
        owner: Resource,
        eni: Resource | None,
        subnet: Resource | None,
        holder: Resource | None,
        doubt: str,
        alone: bool,
        near: str = "",
    ) -> Interface:
        vpc = self.reading.vpc_of(subnet.urn if subnet is not None else owner.urn) or near
        addresses: dict[int, tuple[Interval, ...]] = {}
        unsure: dict[int, str] = {}
        own = eni or owner
        for version in (4, 6):
            said = self._said(urn, own, owner, eni, subnet, version)
            if said is not None:
                addresses[version] = ((said, said),)
            elif version == 4 or self._has_ipv6(own, owner, subnet, unsure):
                addresses[version] = self._domain(subnet, vpc, version)
        membership = self._membership(holder, vpc)
        return Interface(
            urn,
            owner.urn,
            eni.urn if eni is not None else "",
            subnet.urn if subnet is not None else "",
            vpc,
            self._memberships.setdefault(membership, membership),
            addresses,
            unsure,
            doubt,
            alone,
        )

    def _said(
        self, urn: str, own: Resource, owner: Resource, eni: Resource | None, subnet: Resource | None, version: int
    ) -> int | None:
        """The first address that is said: packets to and from it are what is asked about."""
        node = eni is None and subnet is not None and urn != owner.urn
        if owner.kind in ("aws_instance", "aws_nat_gateway") and subnet is not None:
            # It stands in one subnet: where that one's range is not known, what is said is its own all the same.
            node = node and not isinstance(subnet.get("cidr" if version == 4 else "ipv6_cidr"), Unknown)
        if eni is None and subnet is None and owner.get("subnets") is not None:
            return None  # the node of a subnet that is not known: which of the addresses is its own nobody says
        within = self._range(subnet, version) if node and subnet is not None else None
        for resource in (own, owner) if own is not owner else (own,):
            listed = resource.get("ipv6_addresses" if version == 6 else "private_ips")
            texts = list(listed) if isinstance(listed, list) else []
            if version == 4:
                texts.append(resource.get("private_ip"))
            for text in texts:
                parsed = prefix(text)
                if parsed is None or parsed.version != version or parsed.low != parsed.high:
                    continue
                # All nodes of a balancer stand in one list: a node's own address lies in its subnet.
                if not node or (within is not None and within[0] <= parsed.low <= within[1]):
                    return parsed.low
        return None

    def _range(self, subnet: Resource, version: int) -> Interval | None:
        key = (subnet.urn, version)
        if key not in self._ranges:
            self._ranges[key] = self.reading.subnet_range(subnet, version)
        return self._ranges[key]

    def _domain(self, subnet: Resource | None, vpc: str, version: int) -> tuple[Interval, ...]:
        """Where an address that is not said may lie; AWS keeps the first four of a subnet and the last."""
        own = self._range(subnet, version) if subnet is not None else None
        if own is not None:
            return ((own[0] + 4, own[1] - 1),) if own[1] - own[0] >= 15 else (own,)
        return tuple(sorted(self.reading.ranges(vpc, version))) or ((0, 2 ** BITS[version] - 1),)

    def _has_ipv6(self, own: Resource, owner: Resource, subnet: Resource | None, unsure: dict[int, str]) -> bool:
        count = own.get("ipv6_address_count")
        if isinstance(count, int | float) and count > 0:
            return True
        whether = f"whether {name(owner)} has an IPv6 address"
        listed = own.get("ipv6_addresses")
        if isinstance(listed, list) and any(isinstance(one, Unknown) for one in listed):
            return True
        if isinstance(listed, Unknown) or isinstance(count, Unknown):
            unsure[6] = whether
            return True
        if owner.kind in ("aws_lb", "aws_elb"):
            stack = owner.get("ip_address_type")
            if isinstance(stack, Unknown):
                unsure[6] = f"the address type of {name(owner)} ({stack})"
            return isinstance(stack, Unknown) or str(stack).startswith("dualstack")
        if subnet is None:
            unsure[6] = whether
            return True
        if subnet.get("ipv6_cidr") is None:
            return False
        if owner.kind not in ("aws_instance", "aws_network_interface"):
            unsure[6] = whether
            return True
        given = subnet.get("ipv6_on_launch")
        if isinstance(given, Unknown):
            unsure[6] = f"whether {name(subnet)} gives IPv6 addresses ({given})"
        return isinstance(given, Unknown) or bool(given)

    def _membership(self, holder: Resource | None, vpc: str) -> Membership:
        if holder is None:
            return Membership(False)
        estate = self.reading.estate
        found = {
            e.target
            for e in estate.outgoing(holder.urn)
            if e.kind == "has_security_group"
            and (r := estate.resources.get(e.target)) is not None
            and r.kind == "aws_security_group"
        }
        lost = tuple(self.reading.lost(holder, "security_groups"))
        if found or lost:
            return Membership(True, tuple(sorted(found)), lost)
        if doubt := self._perhaps_open(holder):
            return Membership(True, self._default(vpc), doubt)
        return Membership(True, self._default(vpc), (), vpc)

    def _default(self, vpc: str) -> tuple[str, ...]:
        if vpc not in self._defaults:
            held = self.reading.estate.holders(vpc, "in_network", "aws_security_group") if vpc else []
            self._defaults[vpc] = tuple(sorted(g.urn for g in held if g.get("name") == "default"))
        return self._defaults[vpc]


def launched_in(reading: Reading, instance: Resource, enis: list[Resource]) -> list[Resource]:
    """The subnet an instance was launched into, where its first interface is none of those made by themselves.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
    """
    said = instance.get("private_ip")
    given = [text for eni in enis if isinstance(texts := eni.get("private_ips"), list) for text in texts]
    if said in given or (not isinstance(said, str) and instance.said not in ("code", "plan")):
        return []
    return reading.estate.targets(instance.urn, "in_subnet", "aws_subnet")
