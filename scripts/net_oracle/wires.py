"""An estate built of namespaces: one for each machine, a router for each VPC, gateways in between, the internet.

Nothing here decides whether a packet arrives: routes are routes of the kernel (which knows longest prefixes), lists
are ordered chains without connection tracking, groups are chains with it, gateways rewrite with the kernel's NAT.

A router sees a packet for the VPC itself twice: the `local` route hands it to a namespace that hands it back, and what
comes back is delivered by address. So a route that is longer than the range of the VPC wins as it does in AWS.
What left its VPC by a gateway that forgets who the sender was carries DSCP 1; rules that name a group want DSCP 0.
"""

from __future__ import annotations

from typing import Any

from scripts.net_oracle import spaces
from scripts.net_oracle.filters import entries, group_rules
from scripts.net_oracle.generate import HOSTS4, HOSTS6, Case
from scripts.net_oracle.things import of_kind

_INTERNET = "net"

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""What no internet gateway leads anywhere."""


class Node:
    """What a namespace holds before it is made."""

    def __init__(self, name: str, forwards: bool = True) -> None:
        self.name = name
        self.forwards = forwards
        self.lines: list[str] = ["link set lo up"]
        self.nft: list[str] = []


class Port:
    """One end of a wire: its interface, its own address and the neighbour's."""

    def __init__(self, interface: str, own: str, other: str, own6: str, other6: str) -> None:
        self.interface, self.own, self.other, self.own6, self.other6 = interface, own, other, own6, other6

    def route(self, destination: str, table: int | str = "main", metric: int = 0) -> str:
        """The line that sends a destination over this wire."""
        version = 6 if ":" in destination else 4
        via = self.other6 if version == 6 else self.other
        tail = f" metric {metric}" if metric else ""
        return f"-{version} route add {destination} via {via} dev {self.interface} onlink table {table}{tail}"


class Wired:
    """The estate of a case. Use as a context manager; the namespaces are gone afterwards."""

    def __init__(self, case: Case, prefix: str) -> None:
        self.case, self.things, self.prefix = case, case.things, prefix
        self.nodes: dict[str, Node] = {}
        self.wires: list[str] = []
        self.uplinks: dict[str, Port] = {}
        """The port of a machine or a node of a balancer, by key."""
        self.subnet_ports: dict[str, list[str]] = {}
        self.downlinks: dict[str, Port] = {}
        self.gates: dict[tuple[str, str], Port] = {}
        """The router's port to a gateway, by (VPC, gateway); of a transit gateway by (VPC, gateway#zone)."""
        self._plan()

    def space(self, key: str) -> str:
        """The namespace of a thing."""
        return self.nodes[key].name

    def __enter__(self) -> Wired:
        names = [node.name for node in self.nodes.values()]
        spaces.remove(names)
        spaces.batch([f"netns add {name}" for name in names])
        for node in self.nodes.values():
            with spaces.within(node.name):
                spaces.settle(node.forwards)
        spaces.batch(self.wires)
        for node in self.nodes.values():
            with spaces.within(node.name):
                spaces.batch(node.lines)
                if node.nft:
                    spaces.rules("\n".join(node.nft) + "\n")
        return self

    def __exit__(self, *_: object) -> None:
        spaces.remove([node.name for node in self.nodes.values()])

    # --- parts ----------------------------------------------------------------------------------------------------

    def _node(self, key: str, forwards: bool = True) -> Node:
        self.nodes[key] = Node(f"{self.prefix}{len(self.nodes)}", forwards)
        return self.nodes[key]

    def _wire(self, one: str, other: str) -> tuple[Port, Port]:
        number = len(self.wires)
        a, b = (
            f"169.254.{1 + number // 100}.{2 * (number % 100) + 1}",
            f"169.254.{1 + number // 100}.{2 * (number % 100) + 2}",
        )
        first = Port(f"a{number}", a, b, "fe80::1", "fe80::2")
        second = Port(f"b{number}", b, a, "fe80::2", "fe80::1")
        spaces_ = self.nodes[one].name, self.nodes[other].name
        self.wires.append(
            f"link add {first.interface} netns {spaces_[0]} type veth peer name {second.interface} netns {spaces_[1]}"
        )
        for key, port in ((one, first), (other, second)):
            self.nodes[key].lines += [
                f"addr add {port.own}/32 dev {port.interface}",
                f"link set {port.interface} up",
                f"-6 addr add {port.own6}/64 dev {port.interface} nodad",
            ]
        return first, second

    def _vpc_of(self, key: str) -> str:
        config = self.things[key]
        if "subnet" in config:
            config = self.things[config["subnet"][1:]]
        return str(config["vpc"][1:])

    def _plan(self) -> None:
        internet = self._node(_INTERNET)
        internet.lines += [f"addr add {h}/32 dev lo" for h in HOSTS4]
        internet.lines += [f"-6 addr add {h}/128 dev lo nodad" for h in HOSTS6]
        for vpc in of_kind(self.things, "aws_vpc"):
            self._node(vpc)
            self._local(vpc)
        for key, config in of_kind(self.things, "aws_instance").items():
            self._machine(key, config)
        for key, config in of_kind(self.things, "aws_nat_gateway").items():
            self._nat(key, config)
        for key, config in of_kind(self.things, "aws_lb").items():
            self._balancer(key, config)
        for vpc in of_kind(self.things, "aws_vpc"):
            self._edge(vpc)
        for key, config in of_kind(self.things, "aws_vpc_peering_connection").items():
            self._peering(key, config)
        for key, config in of_kind(self.things, "aws_ec2_transit_gateway").items():
            self._transit(key, config)
        for vpc in of_kind(self.things, "aws_vpc"):
            self._router(vpc)

    def _local(self, vpc: str) -> None:
        """The hop that `local` routes lead to."""
        self._node(f"{vpc}#local")
        here, there = self._wire(vpc, f"{vpc}#local")
        self.gates[vpc, "local"] = here
        self.nodes[f"{vpc}#local"].lines += [there.route("0.0.0.0/0"), there.route("::/0")]

    def _attach(self, key: str, subnet: str, address: str, forwards: bool, more: list[str]) -> Node:
        """A namespace with an address in a subnet, and its default route to the router."""
        node = self._node(key, forwards)
        vpc = self._vpc_of(subnet)
        here, there = self._wire(vpc, key)
        self.downlinks[key], self.uplinks[key] = here, there
        self.subnet_ports.setdefault(subnet, []).append(here.interface)
        node.lines.append(f"addr add {address}/32 dev {there.interface}")
        node.lines.append(there.route("0.0.0.0/0"))
        router = self.nodes[vpc]
        router.lines.append(here.route(f"{address}/32", 10))
        for text in more:
            node.lines.append(f"-6 addr add {text}/128 dev {there.interface} nodad")
            router.lines.append(here.route(f"{text}/128", 10))
        if more:
            node.lines.append(there.route("::/0"))
        return node

    def _machine(self, key: str, config: dict[str, Any]) -> None:
        subnet = config["subnet"][1:]
        forwards = config.get("source_dest_check") is False
        node = self._attach(key, subnet, config["private_ip"], forwards, config.get("ipv6_addresses") or [])
        node.nft += [
            "table inet groups {",
            *group_rules(self.things, config["security_groups"]),
            " chain in {",
            "  type filter hook input priority 0; policy drop",
            "  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",
            "  ct state established accept",
            "  jump ingress",
            "  accept",
            " }",
            " chain out {",
            "  type filter hook output priority 0; policy drop",
            "  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",
            "  ct state established accept",
            "  jump egress",
            "  accept",
            " }",
            " chain through {",
            "  type filter hook forward priority 0; policy drop",
            "  ct state established accept",
            "  jump ingress",
            "  jump egress",
            # Whoever gets it from here does not know the groups of who sent it.
            "  ip dscp set 1",
            "  ip6 dscp set 1",
            "  accept",
            " }",
            "}",
        ]
        if forwards:
            node.nft += self._translates(key, config)

    def _translates(self, key: str, config: dict[str, Any]) -> list[str]:
        """A machine that forwards and has a public address is a NAT instance for those of its VPC who have none."""
        public = {eip["instance"][1:] for eip in of_kind(self.things, "aws_eip").values()}
        if key not in public:
            return []
        ranges = self.things[self.things[config["subnet"][1:]]["vpc"][1:]]["cidrs"]
        own = [self.things[machine]["private_ip"] for machine in sorted(public)]
        inside = ", ".join([*ranges, *(one for one in _PRIVATE if one not in ranges)])
        return [
            "table ip translates {",
            f" set inside {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {inside} }}; }}",
            " chain after {",
            "  type nat hook postrouting priority 100",
            f"  ip saddr {{ {', '.join(ranges)} }} ip saddr != {{ {', '.join(own)} }} "
            f"ip daddr != @inside snat to {config['private_ip']}",
            " }",
            "}",
        ]

    def _nat(self, key: str, config: dict[str, Any]) -> None:
        node = self._attach(key, config["subnet"][1:], config["private_ip"], True, [])
        port = self.uplinks[key].interface
        node.nft += [
            "table ip nat {",
            " chain after {",
            "  type nat hook postrouting priority 100",
            f"  oifname {port} snat to {config['private_ip']}",
            " }",
            " chain in {",
            "  type filter hook input priority 0; policy drop",
            " }",
            "}",
        ]

    def _balancer(self, key: str, config: dict[str, Any]) -> None:
        for subnet, address in zip(config["subnets"], config["private_ips"], strict=True):
            name = f"{key}#{subnet[1:]}"
            node = self._attach(name, subnet[1:], address, True, [])
            node.nft += self._balances(key, config, name, address)

    def _balances(self, key: str, config: dict[str, Any], name: str, address: str) -> list[str]:
        port = self.uplinks[name].interface
        zones = {self.things[s[1:]]["availability_zone"] for s in config["subnets"]}
        lines = []
        for listener in of_kind(self.things, "aws_lb_listener").values():
            if listener["load_balancer"] != f"@{key}":
                continue
            group = self.things[listener["actions"][0]["target_group"][1:]]
            target = self.things[group["targets"][0]["target"][1:]]
            if self.things[target["subnet"][1:]]["availability_zone"] in zones:
                to = f"{target['private_ip']}:{group['port']}"
                lines.append(f"  ip daddr {address} tcp dport {listener['port']} dnat ip to {to}")
        filtered = bool(config["security_groups"])
        guard = group_rules(self.things, config["security_groups"]) if filtered else []
        return [
            "table inet balances {",
            *guard,
            " chain early {",
            "  type filter hook prerouting priority -150; policy accept",
            "  ct state established accept",
            *(["  jump ingress"] if filtered else []),
            "  ip dscp set 0",
            " }",
            " chain before {",
            "  type nat hook prerouting priority -100",
            *lines,
            " }",
            " chain through {",
            "  type filter hook forward priority 0; policy drop",
            "  ct state established accept",
            "  ct status dnat jump out",
            " }",
            " chain out {",
            *(["  jump egress"] if filtered else []),
            "  accept",
            " }",
            " chain after {",
            "  type nat hook postrouting priority 100",
            f"  oifname {port} snat ip to {address}",
            " }",
            " chain in {",
            "  type filter hook input priority 0; policy drop",
            " }",
            "}",
        ]

    # --- gateways -------------------------------------------------------------------------------------------------

    def _attached(self, kind: str, vpc: str) -> str:
        return next((k for k, c in of_kind(self.things, kind).items() if c["vpc"] == f"@{vpc}"), "")

    def _public(self, vpc: str) -> dict[str, str]:
        """Private address → public one, of everything in a VPC that has one."""
        found = {}
        for config in of_kind(self.things, "aws_eip").values():
            machine = config["instance"][1:]
            if self._vpc_of(machine) == vpc:
                found[self.things[machine]["private_ip"]] = config["public_ip"]
        for key, config in of_kind(self.things, "aws_nat_gateway").items():
            if self._vpc_of(key) == vpc and config["connectivity"] == "public":
                found[config["private_ip"]] = config["public_ip"]
        for key, config in of_kind(self.things, "aws_lb").items():
            for subnet, address in zip(config["subnets"], config["private_ips"], strict=True):
                public = self.case.public.get(f"{key}#{subnet[1:]}")
                if config["vpc"] == f"@{vpc}" and public:
                    found[address] = public
        return found

    def _edge(self, vpc: str) -> None:
        """Internet gateway and egress-only gateway of a VPC: one rewrites one to one, the other remembers."""
        gateway = self._attached("aws_internet_gateway", vpc)
        outward = self._attached("aws_egress_only_internet_gateway", vpc)
        if not gateway and not outward:
            return
        node = self._node(f"{vpc}#edge")
        up, down = self._wire(f"{vpc}#edge", _INTERNET)
        doors = {}
        for key in filter(None, (gateway, outward)):
            self.gates[vpc, key], doors[key] = self._wire(vpc, f"{vpc}#edge")
        inside = doors[gateway or outward]
        node.lines += [
            inside.route("0.0.0.0/0", 2),
            inside.route("::/0", 2),
            up.route("0.0.0.0/0", 1),
            up.route("::/0", 1),
        ]
        for version in (4, 6):
            node.lines += [f"-{version} rule add pref 10 iif {door.interface} lookup 1" for door in doors.values()]
            node.lines += [f"-{version} rule add pref 10 iif {up.interface} lookup 2"]
        mapped = self._public(vpc) if gateway else {}
        internet = self.nodes[_INTERNET]
        internet.lines += [down.route(f"{public}/32") for public in mapped.values()]
        internet.lines += [down.route(r) for r in self.things[vpc]["ipv6_cidrs"]]
        node.nft += ["table ip one {", " chain before {", "  type filter hook prerouting priority -300; policy drop"]
        for own, public in mapped.items():
            door = doors[gateway].interface
            node.nft.append(f"  iifname {door} ip saddr {own} ip saddr set {public} accept")
            node.nft.append(f"  iifname {up.interface} ip daddr {public} ip daddr set {own} accept")
        node.nft += [
            " }",
            "}",
            "table ip6 two {",
            " chain through {",
            "  type filter hook forward priority 0; policy drop",
        ]
        node.nft.append("  ip6 dscp set 1")
        if outward:
            door = doors[outward].interface
            # An answer whose question took another way is refused; whether later packets fit is not looked at.
            answer = "tcp flags & (syn | ack) == (syn | ack)"
            node.nft.append(f"  iifname {door} ct state invalid {answer} drop")
            node.nft += [f"  iifname {door} ct direction reply drop", f"  iifname {door} ct mark set 1 accept"]
            node.nft.append(f"  iifname {up.interface} ct mark 1 accept")
        if gateway:
            node.nft += [f"  iifname {doors[gateway].interface} accept", f"  iifname {up.interface} accept"]
        node.nft += [" }", "}"]

    def _peering(self, key: str, config: dict[str, Any]) -> None:
        if config["status"] != "active":
            return
        one, other = config["vpc"][1:], config["peer_vpc"][1:]
        self.gates[one, key], self.gates[other, key] = self._wire(one, other)

    def _transit(self, key: str, config: dict[str, Any]) -> None:
        node = self._node(key)
        held = of_kind(self.things, "aws_ec2_transit_gateway_attachment")
        ports: dict[str, dict[str, Port]] = {}
        for name, attachment in held.items():
            vpc = attachment["resource"][1:]
            for subnet in attachment["subnets"]:
                zone = self.things[subnet[1:]]["availability_zone"]
                here, there = self._wire(vpc, key)
                self.gates[vpc, f"{key}#{zone}"] = here
                self.subnet_ports.setdefault(subnet[1:], []).append(here.interface)
                ports.setdefault(name, {})[zone] = there
        tables = of_kind(self.things, "aws_ec2_transit_gateway_route_table")
        number = 20
        for table in tables.values():
            zones = sorted({z for p in ports.values() for z in p})
            for zone in zones:
                number += 1
                node.lines += self._transit_table(table, ports, held, zone, number)
                for item in table["associations"]:
                    port = ports[item["attachment"][1:]].get(zone)
                    if port is not None:
                        node.lines += [f"-{v} rule add pref 10 iif {port.interface} lookup {number}" for v in (4, 6)]
        if not config["security_group_referencing"]:
            for family, word in (("ip", "ip"), ("ip6", "ip6")):
                node.nft += [f"table {family} t {{", " chain c {", "  type filter hook forward priority 0"]
                node.nft += [f"  {word} dscp set 1", " }", "}"]

    def _transit_table(
        self, table: dict[str, Any], ports: dict[str, dict[str, Port]], held: dict[str, Any], zone: str, number: int
    ) -> list[str]:
        def leave(name: str, destination: str, metric: int) -> str:
            doors = ports[name]
            return doors.get(zone, next(iter(doors.values()))).route(destination, number, metric)

        lines = [f"-{v} route add unreachable default table {number} metric 9999" for v in (4, 6)]
        for route in table["routes"]:
            destination = route["destination"]
            version = 6 if ":" in destination else 4
            if route.get("blackhole"):
                lines.append(f"-{version} route add blackhole {destination} table {number} metric 1")
            else:
                lines.append(leave(route["attachment"][1:], destination, 1))
        for item in table["propagations"]:
            name = item["attachment"][1:]
            vpc = self.things[held[name]["resource"][1:]]
            lines += [leave(name, r, 100) for r in (*vpc["cidrs"], *vpc["ipv6_cidrs"])]
        return lines

    # --- routers --------------------------------------------------------------------------------------------------

    def _router(self, vpc: str) -> None:
        node = self.nodes[vpc]
        node.lines += [f"-{v} rule add pref 30 blackhole" for v in (4, 6)]
        node.lines += [f"-{v} route add unreachable default table 10 metric 9999" for v in (4, 6)]
        subnets = [k for k, c in of_kind(self.things, "aws_subnet").items() if c["vpc"] == f"@{vpc}"]
        local = [port.interface for (own, key), port in self.gates.items() if own == vpc and "#" not in key]
        for version in (4, 6):
            node.lines += [f"-{version} rule add pref 20 iif {port} lookup 10" for port in local]
        for number, subnet in enumerate(subnets, 100):
            ports = self.subnet_ports.get(subnet, [])
            node.lines += self._table(vpc, subnet, number)
            for version, field in ((4, "cidr"), (6, "ipv6_cidr")):
                own = self.things[subnet].get(field)
                for port in ports:
                    if own:
                        node.lines.append(f"-{version} rule add pref 10 iif {port} to {own} lookup 10")
                    node.lines.append(f"-{version} rule add pref 20 iif {port} lookup {number}")
        node.nft += ["table inet lists {"]
        for number, subnet in enumerate(subnets):
            acl = next(
                (
                    c
                    for c in of_kind(self.things, "aws_network_acl").values()
                    if c["subnets"][0]["subnet"] == f"@{subnet}"
                ),
                None,
            )
            node.nft += entries(number, acl)
        node.nft += [" chain through {", "  type filter hook forward priority 0; policy accept"]
        node.nft += self._pairs(vpc)
        for number, subnet in enumerate(subnets):
            node.nft += self._borders(number, subnet)
        node.nft += [" }", "}"]

    def _pairs(self, vpc: str) -> list[str]:
        """What comes over a peering has to come from the range of the other side."""
        found = []
        for (own, key), port in self.gates.items():
            if own != vpc or not key.startswith("aws_vpc_peering"):
                continue
            config = self.things[key]
            other = config["peer_vpc"] if config["vpc"] == f"@{vpc}" else config["vpc"]
            for word, field in (("ip", "cidrs"), ("ip6", "ipv6_cidrs")):
                ranges = self.things[other[1:]][field]
                if ranges:
                    found.append(f"  iifname {port.interface} {word} saddr != {{ {', '.join(ranges)} }} drop")
        return found

    def _borders(self, number: int, subnet: str) -> list[str]:
        ports = self.subnet_ports.get(subnet, [])
        if not ports:
            return []
        inside = "{ " + ", ".join(ports) + " }"
        lines = []
        for word, field, family in (("ip", "cidr", "ipv4"), ("ip6", "ipv6_cidr", "ipv6")):
            own = self.things[subnet].get(field)
            unless = f" {word} daddr != {own}" if own else ""
            lines.append(f"  iifname {inside} meta nfproto {family}{unless} jump egress{number}")
        lines.append(f"  iifname != {inside} oifname {inside} jump ingress{number}")
        hub = [p.interface for (_, key), p in self.gates.items() if "#" in key and p.interface in ports]
        if hub:
            # A transit gateway's own interface asks the list of its subnet also for machines of that subnet.
            lines.append(f"  iifname {inside} oifname {{ {', '.join(hub)} }} jump ingress{number}")
        return lines

    def _table(self, vpc: str, subnet: str, number: int) -> list[str]:
        lines = [f"-{v} route add unreachable default table {number} metric 9999" for v in (4, 6)]
        own = self.things[vpc]
        lines += [self.gates[vpc, "local"].route(r, number) for r in (*own["cidrs"], *own["ipv6_cidrs"])]
        tables = of_kind(self.things, "aws_route_table").values()
        found = next((t for t in tables if {"subnet": f"@{subnet}"} in t["subnets"]), None)
        found = found or next((t for t in tables if t.get("main") and t["vpc"] == f"@{vpc}"), None)
        for route in found["routes"] if found else ():
            destination = route["destination"]
            port = None if route.get("blackhole") else self._leads(vpc, subnet, route["target"][1:])
            version = 6 if ":" in destination else 4
            line = f"-{version} route add blackhole {destination} table {number}"
            lines.append(port.route(destination, number, 1) if port else line + " metric 1")
        return lines

    def _leads(self, vpc: str, subnet: str, target: str) -> Port | None:
        """The port a route leads out of; None where there is nothing on the other side."""
        if target.startswith("aws_ec2_transit_gateway."):
            return self.gates.get((vpc, f"{target}#{self.things[subnet]['availability_zone']}"))
        return self.gates.get((vpc, target)) or self.downlinks.get(target)
