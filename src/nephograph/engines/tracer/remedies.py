"""The smallest edits that let a dropped packet pass, reason by reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.edits import AddResource, AnyEdit
from nephograph.engines.tracer.gateways import ways_to
from nephograph.engines.tracer.ground import Ground, known_or, name
from nephograph.engines.tracer.groups import groups_of
from nephograph.engines.tracer.hop import Drop
from nephograph.engines.tracer.packet import EPHEMERAL, WITH_PORTS, WITH_TYPES, Packet, address, traffic
from nephograph.engines.tracer.places import Interface, interface_of
from nephograph.engines.tracer.question import Candidate, Question
from nephograph.engines.tracer.reasons import Reason
from nephograph.model.edit import RemoveItem, SetField
from nephograph.model.resource import Resource


class Remedy(NamedTuple):
    """One edit in words, and what it changes."""

    text: str
    edits: tuple[AnyEdit, ...]


class Case(NamedTuple):
    """What a remedy knows."""

    ground: Ground
    drop: Drop
    candidate: Candidate
    question: Question

    @property
    def packet(self) -> Packet:
        """The packet where it ended."""
        return self.drop.packet

    def resource(self) -> Resource | None:
        """The component that dropped it."""
        return self.ground.estate.resources.get(self.drop.component)


def remedies(ground: Ground, drop: Drop, candidate: Candidate, question: Question) -> list[Remedy]:
    """Every way to mend this drop, smallest first; empty when no edit of the estate does it."""
    how = _HOW.get(drop.reason)
    if how is None or drop.facts.get("unknown"):
        return []
    return how(Case(ground, drop, candidate, question))


def _range(case: Case, symbol: Symbol) -> str:
    """The addresses a rule has to speak of: as few as the packet needs."""
    version = case.packet.version
    if symbol.axis in ("source", "target"):
        end: End = case.candidate.start if symbol.axis == "source" else case.candidate.goal
        if isinstance(end, Outside) and end.ranges:
            return end.ranges[0] if "/" in end.ranges[0] else f"{end.ranges[0]}/{32 if version == 4 else 128}"
        return "0.0.0.0/0" if version == 4 else "::/0"
    if symbol.axis.startswith("public "):
        return "0.0.0.0/0"
    owner = interface_of(case.ground, symbol.owner) if symbol.owner and symbol.axis else None
    if owner is not None and owner.subnet is not None:
        own = owner.subnet.get("cidr" if version == 4 else "ipv6_cidr")
        if isinstance(own, str):
            return own
    return f"{address(version, symbol.value)}/{32 if version == 4 else 128}"


def _ports(case: Case) -> dict[str, Any]:
    packet = case.packet
    if packet.protocol in WITH_TYPES:
        kind = packet.target_port.value
        return {"protocol": packet.protocol, "from_port": kind, "to_port": -1, "icmp_type": kind}
    if packet.protocol not in WITH_PORTS:
        return {"protocol": "all" if packet.protocol == "other" else packet.protocol, "from_port": 0, "to_port": 65535}
    low = high = packet.target_port.value
    if packet.target_port.axis not in ("", "port"):
        low, high = EPHEMERAL
    return {"protocol": packet.protocol, "from_port": low, "to_port": high}


def _said(rule: dict[str, Any]) -> str:
    low, high = rule["from_port"], rule["to_port"]
    if rule["protocol"] in WITH_TYPES:
        return traffic(rule["protocol"], low)
    return f"{rule['protocol']}/{low}" if low == high else f"{rule['protocol']}/{low}-{high}"


def _size(case: Case, resource: Resource, *path: str) -> int:
    items = resource.get(*path)
    return len(items) if isinstance(items, list) else 0


def _group_rule(case: Case) -> list[Remedy]:
    facts = case.drop.facts
    interface, direction = facts.get("interface"), facts.get("direction")
    if not isinstance(interface, Interface) or interface.holder is None:
        return []
    ingress = direction == "ingress"
    symbol = case.packet.source if ingress else case.packet.target
    rule = _ports(case)
    rule.pop("icmp_type", None)
    peer = interface_of(case.ground, facts.get("peer") or "")
    members = groups_of(case.ground, peer) if peer is not None else []
    if members and peer is not None and peer.vpc is interface.vpc:
        rule["group"] = members[0].urn
        whom = f"security group {name(members[0])}"
    else:
        rule["cidr"] = whom = _range(case, symbol)
    verb, way = ("in", "from") if ingress else ("out", "to")
    groups = groups_of(case.ground, interface)
    if groups:
        group = groups[0]
        path = (str(direction), _size(case, group, str(direction)))
        text = f"let {_said(rule)} {verb} {way} {whom} in security group {name(group)}"
        return [Remedy(text, (SetField(group.urn, path, rule),))]
    other = "egress" if ingress else "ingress"
    urn = f"new:security-group-of-{interface.name}"
    config: dict[str, Any] = {"name": f"{interface.name}-access", str(direction): [rule], other: []}
    if ingress:
        config["egress"] = [
            {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": c} for c in ("0.0.0.0/0", "::/0")
        ]
    if interface.vpc is not None:
        config["vpc"] = interface.vpc.urn
    text = f"give {interface.name} a security group that lets {_said(rule)} {verb} {way} {whom}"
    add = AddResource(urn, "aws_security_group", interface.holder.urn, config)
    return [Remedy(text, (add, SetField(interface.holder.urn, ("security_groups", 0), urn)))]


def _list_rule(case: Case) -> list[Remedy]:
    acl, facts = case.resource(), case.drop.facts
    direction = str(facts.get("direction"))
    if acl is None or acl.kind != "aws_network_acl" or not isinstance(acl.get(direction), list | None):
        return []
    items = [i for i in acl.get(direction) or [] if isinstance(i, dict)]
    used = {int(i["number"]) for i in items if isinstance(i.get("number"), int | float)}
    at = int(facts.get("item", -1))
    verb, way = ("in", "from") if direction == "ingress" else ("out", "to")
    rule = {**_ports(case), "action": "allow"}
    rule["cidr"] = _range(case, case.packet.source if direction == "ingress" else case.packet.target)
    if at >= 0:
        denies = int(items[at].get("number") or 0)
        number = next((n for n in range(denies - 1, 0, -1) if n not in used), 0)
    else:
        denies, number = 0, max((n for n in used if n < 32760), default=90) + 10
    found = []
    if number:
        text = f"allow {_said(rule)} {verb} {way} {rule['cidr']} in network ACL {name(acl)} as rule {number}"
        found.append(Remedy(text, (SetField(acl.urn, (direction, len(items)), {"number": number, **rule}),)))
    else:
        text = f"remove rule {denies} of network ACL {name(acl)}, which denies it ({direction})"
        found.append(Remedy(text, (RemoveItem(acl.urn, (direction, at)),)))
    return found


def _route(case: Case) -> list[Remedy]:
    came = case.drop.facts.get("came")
    if came is None or came.subnet is None:
        return []
    found = []
    for destination, gateway in ways_to(case.ground, came.vpc, case.packet, case.candidate, case.drop.back):
        route = {"destination": destination, "target": gateway.urn}
        table = case.resource()
        if table is not None and table.kind == "aws_route_table":
            text = f"route {destination} to {name(gateway)} in route table {name(table)}"
            at = _size(case, table, "routes")
            existing = case.drop.facts.get(
                "item", getattr(came.route, "at", -1) if case.drop.facts.get("at") != "route" else -1
            )
            if isinstance(existing, int) and existing >= 0:
                at = existing
                text = f"route {destination} to {name(gateway)} instead, in route table {name(table)}"
            found.append(Remedy(text, (SetField(table.urn, ("routes", at), route),)))
        else:
            found.append(_new_table(came, destination, gateway, route))
    return found or _new_gateway(case, came)


def _new_gateway(case: Case, came: Any) -> list[Remedy]:
    """The VPC has no gateway that could lead there: to the internet, one may be made."""
    end: End = case.candidate.start if case.drop.back else case.candidate.goal
    table = case.resource()
    outward = isinstance(end, Outside) and end.kind in ("internet", "service")
    if not outward or came.vpc is None or table is None or table.kind != "aws_route_table":
        return []
    if case.ground.estate.holders(came.vpc.urn, "attached_to", "aws_internet_gateway"):
        return []
    urn = f"new:internet-gateway-of-{name(came.vpc)}"
    whole = "0.0.0.0/0" if case.packet.version == 4 else "::/0"
    route = SetField(table.urn, ("routes", _size(case, table, "routes")), {"destination": whole, "target": urn})
    text = f"attach an internet gateway to VPC {name(came.vpc)} and route {whole} to it in route table {name(table)}"
    return [Remedy(text, (AddResource(urn, "aws_internet_gateway", came.vpc.urn, {"vpc": came.vpc.urn}), route))]


def _new_table(came: Any, destination: str, gateway: Resource, route: dict[str, Any]) -> Remedy:
    text = f"give subnet {name(came.subnet)} a route table that routes {destination} to {name(gateway)}"
    config: dict[str, Any] = {"routes": [route], "subnets": [{"subnet": came.subnet.urn}]}
    if came.vpc is not None:
        config["vpc"] = came.vpc.urn
    urn = f"new:route-table-of-{name(came.subnet)}"
    return Remedy(text, (AddResource(urn, "aws_route_table", came.subnet.urn, config),))


def _other_way(case: Case) -> list[Remedy]:
    """The route led to a gateway that does not help: lead it elsewhere."""
    came = case.drop.facts.get("came")
    if came is None or came.table is None or came.route is None or came.route.at < 0:
        return []
    found = []
    for destination, gateway in ways_to(case.ground, came.vpc, case.packet, case.candidate, case.drop.back):
        if came.route.target is gateway:
            continue
        text = f"route {came.route.destination} to {name(gateway)} instead, in route table {name(came.table)}"
        route = {"destination": came.route.destination or destination, "target": gateway.urn}
        found.append(Remedy(text, (SetField(came.table.urn, ("routes", came.route.at), route),)))
    return found


def _through_the_box(case: Case) -> list[Remedy]:
    """What comes in passes a middlebox, so what goes out has to pass it, too."""
    came, box = case.drop.facts.get("came"), case.drop.facts.get("box")
    if came is None or came.table is None or came.route is None or came.route.at < 0 or not isinstance(box, Resource):
        return []
    route = {"destination": came.route.destination, "target": box.urn}
    text = f"route {came.route.destination} to {name(box)} instead, in route table {name(came.table)}"
    return [Remedy(text, (SetField(came.table.urn, ("routes", came.route.at), route),))]


def _public(case: Case) -> list[Remedy]:
    interface = case.drop.facts.get("interface")
    if not isinstance(interface, Interface):
        return []
    resource = interface.resource
    if case.drop.facts.get("version", case.packet.version) == 6:
        return []
    if resource.kind in ("aws_lb", "aws_elb"):
        return [
            Remedy(
                f"make {interface.name} face the internet", (SetField(resource.urn, ("scheme",), "internet-facing"),)
            )
        ]
    if resource.kind == "aws_instance" and interface.eni is None:
        return [Remedy(f"give {interface.name} a public address", (SetField(resource.urn, ("public_ip",), True),))]
    if resource.kind in ("aws_instance", "aws_network_interface"):
        urn, own = f"new:address-of-{interface.name}", interface.own
        add = AddResource(urn, "aws_eip", own.urn, {"interface": own.urn})
        return [Remedy(f"associate an Elastic IP with {interface.name}", (add,))]
    if resource.get("public") is not None or resource.kind in ("aws_db_instance", "aws_redshift_cluster"):
        return [Remedy(f"make {interface.name} publicly accessible", (SetField(resource.urn, ("public",), True),))]
    return []


def _attach(case: Case) -> list[Remedy]:
    resource, facts = case.resource(), case.drop.facts
    if resource is None:
        return []
    if facts.get("at") == "state":
        text = f"bring attachment {name(resource)} back"
        return [Remedy(text, (SetField(resource.urn, ("state",), "available"),))]
    if facts.get("at") == "gateway":
        urn = f"new:internet-gateway-of-{name(resource)}"
        add = AddResource(urn, "aws_internet_gateway", resource.urn, {"vpc": resource.urn})
        return [Remedy(f"attach an internet gateway to VPC {name(resource)}", (add,))]
    came = facts.get("came")
    if facts.get("at") == "vpc" and came is not None and came.vpc is not None and resource.kind.endswith("gateway"):
        text = f"attach {name(resource)} to VPC {name(came.vpc)}"
        found = (
            [Remedy(text, (SetField(resource.urn, ("vpc",), came.vpc.urn),))]
            if resource.kind != "aws_nat_gateway"
            else []
        )
        return found + _other_way(case)
    if facts.get("at") == "attachment" and came is not None and came.vpc is not None and came.subnet is not None:
        urn = f"new:attachment-of-{name(came.vpc)}"
        config = {
            "transit_gateway": resource.urn,
            "type": "vpc",
            "resource": came.vpc.urn,
            "subnets": [came.subnet.urn],
            "security_group_referencing": True,
        }
        add = AddResource(urn, "aws_ec2_transit_gateway_attachment", resource.urn, config)
        return [Remedy(f"attach VPC {name(came.vpc)} to transit gateway {name(resource)}", (add,))]
    return _other_way(case)


def _state(case: Case) -> list[Remedy]:
    resource = case.resource()
    if resource is None or case.drop.facts.get("at") != "state":
        return []
    if resource.kind == "aws_vpn_connection":
        edits: tuple[AnyEdit, ...] = (
            SetField(resource.urn, ("state",), "available"),
            SetField(resource.urn, ("tunnels",), ["UP"]),
        )
        return [Remedy(f"bring VPN connection {name(resource)} up", edits)]
    field = "status" if resource.kind == "aws_vpc_peering_connection" else "state"
    value = "active" if resource.kind in ("aws_vpc_peering_connection", "aws_lb") else "available"
    return [Remedy(f"make {name(resource)} {value}", (SetField(resource.urn, (field,), value),))]


def _check(case: Case) -> list[Remedy]:
    resource = case.resource()
    if resource is None:
        return []
    text = f"turn off the source/destination check of {name(resource)}"
    return [Remedy(text, (SetField(resource.urn, ("source_dest_check",), False),))]


def _listener(case: Case) -> list[Remedy]:
    balancer = case.resource()
    if balancer is None or case.packet.protocol not in WITH_PORTS:
        return []
    port = case.packet.target_port.value
    if balancer.kind == "aws_elb":
        items = known_or(balancer.get("listeners"), [])
        like = items[0] if items and isinstance(items[0], dict) else {"instance_port": port, "instance_protocol": "tcp"}
        new = {**like, "port": port, "protocol": "tcp" if not items else like.get("protocol", "tcp")}
        text = f"add a listener on {port} to {name(balancer)}"
        return [Remedy(text, (SetField(balancer.urn, ("listeners", len(items)), new),))]
    groups = _leading_to(case, balancer)
    if not groups:
        return []
    protocol = case.packet.protocol.upper() if balancer.get("type") == "network" else "HTTP"
    if protocol == "HTTP" and case.packet.protocol == "udp":
        return []
    urn = f"new:listener-{port}-of-{name(balancer)}"
    config = {
        "load_balancer": balancer.urn,
        "port": port,
        "protocol": protocol,
        "actions": [{"type": "forward", "target_group": groups[0].urn}],
    }
    text = f"add a listener on {port} to {name(balancer)} that forwards to {name(groups[0])}"
    return [Remedy(text, (AddResource(urn, "aws_lb_listener", balancer.urn, config),))]


def _leading_to(case: Case, balancer: Resource) -> list[Resource]:
    """Target groups that hold the goal, else those the balancer uses."""
    goal, estate = case.candidate.goal, case.ground.estate
    found: list[Resource] = []
    if isinstance(goal, Interface):
        for resource in (goal.resource, goal.eni):
            found += estate.holders(resource.urn, "has_target", "aws_lb_target_group") if resource is not None else []
    for listener in estate.holders(balancer.urn, "listens_for"):
        found += estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
    return found


def _register(case: Case) -> list[Remedy]:
    goal = case.candidate.goal
    if not isinstance(goal, Interface):
        return []
    resource = case.resource()
    if resource is not None and resource.kind == "aws_elb":
        path = ("instances", _size(case, resource, "instances"))
        return [
            Remedy(f"register {goal.name} with {name(resource)}", (SetField(resource.urn, path, goal.resource.urn),))
        ]
    found = []
    for group in case.drop.facts.get("groups") or []:
        path = ("targets", _size(case, group, "targets"))
        item: dict[str, Any] = {"target": goal.resource.urn, "health": "healthy"}
        found.append(Remedy(f"register {goal.name} in target group {name(group)}", (SetField(group.urn, path, item),)))
    return found[:3]


def _healthy(case: Case) -> list[Remedy]:
    group, at = case.resource(), case.drop.facts.get("item")
    if group is None or not isinstance(at, int) or at < 0:
        return []
    text = f"make the target healthy in {name(group)}"
    return [Remedy(text, (SetField(group.urn, ("targets", at, "health"), "healthy"),))]


def _cross(case: Case) -> list[Remedy]:
    balancer, group = case.resource(), case.drop.facts.get("group")
    if balancer is None:
        return []
    edits: tuple[AnyEdit, ...] = (SetField(balancer.urn, ("cross_zone",), True),)
    if isinstance(group, Resource) and group.get("cross_zone") in (False, "false"):
        edits = (SetField(group.urn, ("cross_zone",), "true"),)
    return [Remedy(f"let {name(balancer)} cross zones", edits)]


def _enable_zone(case: Case) -> list[Remedy]:
    balancer, goal = case.resource(), case.drop.facts.get("goal")
    if balancer is None or not isinstance(goal, Interface) or goal.subnet is None:
        return []
    path = ("subnets", _size(case, balancer, "subnets"))
    text = f"enable {name(balancer)} in subnet {name(goal.subnet)}"
    return [Remedy(text, (SetField(balancer.urn, path, goal.subnet.urn),))]


def _transit_zone(case: Case) -> list[Remedy]:
    attachment, came = case.resource(), case.drop.facts.get("came")
    if attachment is None or came is None or came.subnet is None:
        return []
    path = ("subnets", _size(case, attachment, "subnets"))
    text = f"add subnet {name(came.subnet)} to attachment {name(attachment)}"
    return [Remedy(text, (SetField(attachment.urn, path, came.subnet.urn),))]


def _transit_route(case: Case) -> list[Remedy]:
    from nephograph.engines.tracer.transit import attachments

    table, gateway = case.resource(), case.drop.facts.get("gateway")
    if table is None or table.kind != "aws_ec2_transit_gateway_route_table" or not isinstance(gateway, Resource):
        return []
    owner = interface_of(case.ground, case.packet.target.owner) if case.packet.target.owner else None
    at = case.drop.facts.get("item")
    place = at if isinstance(at, int) and at >= 0 else _size(case, table, "routes")
    found = []
    for attachment in attachments(case.ground, gateway):
        ends = case.ground.linked(attachment, "attaches")
        if owner is None or owner.vpc is None or owner.vpc not in ends:
            continue
        ranges = owner.vpc.get("cidrs" if case.packet.version == 4 else "ipv6_cidrs")
        for destination in ranges if isinstance(ranges, list) else []:
            text = f"route {destination} to attachment {name(attachment)} in {name(table)}"
            route = {"destination": destination, "attachment": attachment.urn}
            found.append(Remedy(text, (SetField(table.urn, ("routes", place), route),)))
    return found[:3]


def _associate(case: Case) -> list[Remedy]:
    attachment, gateway = case.resource(), case.drop.facts.get("gateway")
    if attachment is None or not isinstance(gateway, Resource):
        return []
    tables = case.ground.estate.holders(gateway.urn, "attached_to", "aws_ec2_transit_gateway_route_table")
    return [
        Remedy(
            f"associate attachment {name(attachment)} with {name(table)}",
            (
                SetField(
                    table.urn, ("associations", _size(case, table, "associations")), {"attachment": attachment.urn}
                ),
            ),
        )
        for table in tables[:3]
    ]


def _references(case: Case) -> list[Remedy]:
    """Group references were lost on the way: speak of addresses."""
    interface = case.drop.facts.get("interface")
    return _group_rule(case) if isinstance(interface, Interface) else []


def _appliance(case: Case) -> list[Remedy]:
    """Keep both directions in one zone: appliance mode at the VPC the firewall stands in."""
    box = case.resource()
    vpc = case.ground.vpc(box) if box is not None else None
    if vpc is None:
        return []
    held = case.ground.estate.holders(vpc.urn, "attaches", "aws_ec2_transit_gateway_attachment")
    return [
        Remedy(f"turn on appliance mode at attachment {name(a)}", (SetField(a.urn, ("appliance_mode",), True),))
        for a in held
    ]


def _firewall(case: Case) -> list[Remedy]:
    policy = case.resource()
    if policy is None or policy.kind != "aws_networkfirewall_firewall_policy":
        return []
    packet = case.packet
    rule: dict[str, Any] = {
        "priority": 1,
        "actions": ["aws:pass"],
        "protocols": [packet.protocol],
        "sources": [_range(case, packet.source)],
        "destinations": [_range(case, packet.target)],
    }
    if packet.protocol in WITH_PORTS and not case.drop.back:
        port = packet.target_port.value
        rule["destination_ports"] = [{"from_port": port, "to_port": port}]
    back = {**rule, "sources": rule["destinations"], "destinations": rule["sources"], "priority": 2}
    if packet.protocol in WITH_PORTS and not case.drop.back:
        back.pop("destination_ports")
        back["source_ports"] = rule["destination_ports"]
    urn = f"new:rule-group-of-{name(policy)}"
    group = AddResource(
        urn, "aws_networkfirewall_rule_group", policy.urn, {"type": "stateless", "stateless_rules": [rule, back]}
    )
    at = _size(case, policy, "stateless_groups")
    text = f"let {traffic(packet.protocol, packet.target_port.value)} pass in firewall policy {name(policy)}"
    return [Remedy(text, (group, SetField(policy.urn, ("stateless_groups", at), {"group": urn, "priority": 0})))]


def _unblock(case: Case) -> list[Remedy]:
    """Excluding the VPC is smaller than turning the switch off for the whole region."""
    owner, options = case.drop.facts.get("owner"), case.drop.facts.get("options")
    if not isinstance(owner, Interface) or not isinstance(options, Resource) or owner.vpc is None:
        return []
    outward = (case.drop.facts.get("at") == "outward") != case.drop.back
    mode = "allow-egress" if outward else "allow-bidirectional"
    urn = f"new:exclusion-of-{name(owner.vpc)}"
    kind = "aws_vpc_block_public_access_exclusion"
    add = AddResource(urn, kind, owner.vpc.urn, {"vpc": owner.vpc.urn, "mode": mode})
    return [Remedy(f"exclude VPC {name(owner.vpc)} from VPC Block Public Access ({mode})", (add,))]


_HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.ADDRESS_NOT_OWN: _check,
    Reason.ANSWER_FROM_ANOTHER_ADDRESS: _other_way,
    Reason.ATTACHMENT_NOT_ACTIVE: _attach,
    Reason.BALANCER_HAS_NO_LISTENER: _listener,
    Reason.BALANCER_LISTENS_ELSEWHERE: _listener,
    Reason.BALANCER_ZONE_NOT_ENABLED: _enable_zone,
    Reason.BLACKHOLE: _route,
    Reason.CLASSIC_BALANCER_ACL: _list_rule,
    Reason.CLASSIC_BALANCER_HAS_NO_LISTENER: _listener,
    Reason.CLASSIC_BALANCER_LISTENS_ELSEWHERE: _listener,
    Reason.CLASSIC_BALANCER_NOT_CROSS_ZONE: _cross,
    Reason.CLIENT_ADDRESS_KEPT: _group_rule,
    Reason.COMPONENT_NOT_ACTIVE: _state,
    Reason.FIREWALL_DENIES: _firewall,
    Reason.GATEWAY_STARTS_ONLY_OUTWARD: _other_way,
    Reason.GROUP_HAS_NO_RULES: _group_rule,
    Reason.GROUP_REFERENCE_LOST: _references,
    Reason.GROUP_REFERENCE_NOT_SUPPORTED: _references,
    Reason.GROUP_REFERENCE_UNKNOWN_PEER: _references,
    Reason.GROUP_REFUSES: _group_rule,
    Reason.LISTENER_GROUP_EMPTY: _register,
    Reason.LISTENER_GROUP_REFUSES: _register,
    Reason.MIDDLEBOX_HAS_NO_PUBLIC_ADDRESS: _public,
    Reason.NETWORK_LIST_REFUSES: _list_rule,
    Reason.PEERING_NOT_TRANSITIVE: _other_way,
    Reason.PRIVATE_ADDRESS_AT_INTERNET: _other_way,
    Reason.PROTOCOL_NOT_CARRIED: _other_way,
    Reason.REDIRECTED_WAY_BACK: _through_the_box,
    Reason.SHARED_ADDRESS_AT_INTERNET: _other_way,
    Reason.NO_PUBLIC_ADDRESS_IN: _public,
    Reason.NO_PUBLIC_ADDRESS_OUT: _public,
    Reason.NO_ROUTE: _route,
    Reason.PUBLIC_ACCESS_BLOCKED: _unblock,
    Reason.SOURCE_DEST_CHECK: _check,
    Reason.TARGETS_IN_NO_SUCH_ZONE: _cross,
    Reason.TARGET_UNHEALTHY: _healthy,
    Reason.TRANSIT_BLACKHOLE: _transit_route,
    Reason.TRANSIT_HAS_NO_ROUTE: _transit_route,
    Reason.TRANSIT_NO_ASSOCIATION: _associate,
    Reason.TRANSIT_NOT_IN_ZONE: _transit_zone,
    Reason.TRANSIT_OTHER_ZONE: _appliance,
    Reason.TRANSIT_VPN_DOWN: _state,
    Reason.VPN_DOWN: _state,
}
