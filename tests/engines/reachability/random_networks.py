"""Random estates with everything the two engines know exactly, and estates of one's own written by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from nephograph.catalog import registry
from nephograph.estate.graph import Estate
from nephograph.model.edge import Edge
from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin
from nephograph.model.value import Unknown

Things = dict[str, dict[str, Any]]


class Written:
    """Everything is written and nothing has a place."""

    def of(self, path: tuple[str | int, ...]) -> tuple[bool, Origin | None]:
        return True, None

    def is_written(self, path: tuple[str | int, ...]) -> bool:
        return True


WRITTEN = Written()


def build(things: Things, said: str = "real") -> Estate:
    """Resources by `kind.name`; a reference is `@kind.name`. `_region` is where a thing is."""
    resources, edges = [], []
    unlinked: dict[str, list[tuple[str, str]]] = {}
    for key, config in things.items():
        kind, _, label = key.partition(".")
        region = config.get("_region", "eu-west-1")
        scope = Scope("aws", "1", region)
        plain = {k: v for k, v in config.items() if k != "_region"}
        resources.append(
            Resource(key, kind, kind, Class.GENERIC, key, scope, plain, WRITTEN, label=label, said=said)  # type: ignore[arg-type]
        )
        for link in registry.kind(kind).links:
            for path, value in _values(config, link.path.split(".")):
                target = str(value).removeprefix("@")
                if isinstance(value, Unknown) or target not in things:
                    why = str(value) if isinstance(value, Unknown) else f"{target} is not in the data"
                    unlinked.setdefault(key, []).append((".".join(map(str, path)), why))
                elif link.inverse:
                    edges.append(Edge(link.kind, target, key, said_by=key, path=path))
                else:
                    edges.append(Edge(link.kind, key, target, said_by=key, path=path))
    return Estate(resources, edges, unlinked)


def _values(value: Any, pattern: list[str], path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if value is None:
        return
    if isinstance(value, list) and (not pattern or pattern[0] != "*"):
        pattern = ["*", *pattern]
    if not pattern or isinstance(value, Unknown):
        yield path, value
    elif pattern[0] == "*":
        for at, element in enumerate(value):
            yield from _values(element, pattern[1:], (*path, at))
    elif isinstance(value, dict):
        yield from _values(value.get(pattern[0]), pattern[1:], (*path, pattern[0]))


PORTS = ((22, 22), (80, 80), (443, 443), (1000, 2000), (0, 65535), (1024, 65535), (32768, 60999), (1500, 1500))
HEALTH = ("healthy", "healthy", "healthy", "unhealthy")
PROTOCOLS = ("tcp", "tcp", "tcp", "udp", "all", "icmp", "47")


class Maker:
    """One random estate."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.meshed = seed % 2 == 1
        """Two VPCs that are joined for certain, lists at their borders and rules that name groups of the other."""
        self.things: Things = {}
        self.vpcs: list[str] = []
        self.subnets: dict[str, list[str]] = {}
        self.ranges: dict[str, str] = {}
        self.groups: dict[str, list[str]] = {}

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def make(self) -> Things:
        for number in range(2 if self.meshed else self.random.choice((1, 2, 2, 3))):
            self.vpc(number)
        self.prefix_list()
        for vpc in self.vpcs:
            self.rules(vpc)
            self.lists(vpc)
        self.gateways()
        self.peerings()
        if self.meshed or self.chance(0.6):
            self.transit()
        for vpc in self.vpcs:
            self.tables(vpc)
        self.hosts()
        for vpc in self.vpcs:
            if self.chance(0.4):
                self.balancer(vpc)
        return self.things

    def balancer(self, vpc: str) -> None:
        short, base = vpc.partition(".")[2], self.ranges[vpc].rsplit(".", 2)[0]
        kind = self.random.choice(("application", "network", "network"))
        held = self.random.sample(self.subnets[vpc], self.random.randint(1, len(self.subnets[vpc])))
        groups = [self.random.choice(self.groups[vpc])] if kind == "application" or self.chance(0.5) else []
        self.things[f"aws_lb.{short}"] = {
            "type": kind,
            "scheme": self.random.choice(("internal", "internet-facing")),
            "subnets": [f"@{s}" for s in held],
            "security_groups": [f"@{g}" for g in groups],
            "private_ips": [f"{base}.{int(s[-1]) + 1}.99" for s in held],
            "ip_address_type": "ipv4",
            "cross_zone": self.chance(0.5),
            "state": "active",
        }
        hosts = [
            k for k, c in self.things.items() if k.startswith("aws_instance.") and c["subnet"][1:] in self.subnets[vpc]
        ]
        targets = [
            {"target": f"@{h}", "port": self.random.choice((80, 443, 8080)), "health": self.random.choice(HEALTH)}
            for h in self.random.sample(hosts, min(len(hosts), 2))
        ]
        protocol = "HTTP" if kind == "application" else self.random.choice(("TCP", "UDP", "TCP_UDP"))
        self.things[f"aws_lb_target_group.{short}"] = {
            "vpc": f"@{vpc}",
            "protocol": protocol,
            "port": 80,
            "target_type": "instance",
            "targets": targets,
            "preserve_client_ip": self.random.choice((None, True, False)) if kind == "network" else None,
            "cross_zone": self.random.choice(("use_load_balancer_configuration", "true", "false")),
        }
        self.things[f"aws_lb_listener.{short}"] = {
            "load_balancer": f"@aws_lb.{short}",
            "port": self.random.choice((80, 443, 1500)),
            "protocol": protocol,
            "actions": [{"type": "forward", "target_group": f"@aws_lb_target_group.{short}"}],
        }

    def vpc(self, number: int) -> None:
        vpc = f"aws_vpc.v{number}"
        overlap = number and self.chance(0.08)
        base = f"10.{number - 1 if overlap else number}"
        region = "eu-west-2" if number == (1 if self.meshed else 2) and self.chance(0.3) else "eu-west-1"
        self.things[vpc] = {"cidrs": [f"{base}.0.0/16"], "ipv6_cidrs": [f"2a05:d0{number}::/56"], "_region": region}
        self.vpcs.append(vpc)
        self.ranges[vpc] = f"{base}.0.0/16"
        self.subnets[vpc] = []
        for at in range(self.random.randint(1, 4)):
            subnet = f"aws_subnet.v{number}s{at}"
            self.things[subnet] = {
                "vpc": f"@{vpc}",
                "cidr": f"{base}.{at + 1}.0/24",
                "ipv6_cidr": f"2a05:d0{number}:0:{at + 1}::/64",
                "availability_zone": f"{region}{'ab'[self.random.randrange(2)]}",
                "public_ip_on_launch": self.chance(0.4),
                "ipv6_on_launch": False,
            }
            self.subnets[vpc].append(subnet)
        self.groups[vpc] = [f"aws_security_group.v{number}g{at}" for at in range(self.random.randint(1, 4))]
        for group in self.groups[vpc]:
            self.things[group] = {"vpc": f"@{vpc}", "_region": region}

    def prefix_list(self) -> None:
        entries = [{"cidr": self.cidr()} for _ in range(2)]
        self.things["aws_ec2_managed_prefix_list.pl"] = {"entries": entries}

    def cidr(self) -> str:
        number, at = self.random.randrange(3), self.random.randint(1, 4)
        host = self.random.choice((4, 5, 6, 7, 8))
        return self.random.choice(
            (
                "0.0.0.0/0",
                "0.0.0.0/0",
                "10.0.0.0/8",
                f"10.{number}.0.0/16",
                f"10.{number}.{at}.0/24",
                f"10.{number}.{at}.0/25",
                f"10.{number}.{at}.{host}/32",
                f"10.{number}.{at}.4/30",
                "10.0.0.0/15",
            )
        )

    def cidr6(self) -> str:
        number, at = self.random.randrange(3), self.random.randint(1, 4)
        return self.random.choice(("::/0", "::/0", f"2a05:d0{number}::/56", f"2a05:d0{number}:0:{at}::/64"))

    def traffic(self) -> dict[str, Any]:
        protocol = self.random.choice(PROTOCOLS)
        low, high = self.random.choice(PORTS)
        if protocol == "icmp":
            return self.random.choice(
                (
                    {"protocol": "icmp", "from_port": 8, "to_port": 0},
                    {"protocol": "icmp", "from_port": -1, "to_port": -1},
                    {"protocol": "icmpv6", "from_port": -1, "to_port": -1},
                )
            )
        if protocol in ("all", "47"):
            low, high = 0, 65535
        return {"protocol": protocol, "from_port": low, "to_port": high}

    def rules(self, vpc: str) -> None:
        every = [g for groups in self.groups.values() for g in groups]
        for group in self.groups[vpc]:
            for direction in ("ingress", "egress"):
                rules = []
                if self.chance((0.4 if self.meshed else 0.7) if direction == "egress" else 0.3):
                    rules.append({"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"})
                    if self.chance(0.7):
                        rules.append({"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "::/0"})
                for _ in range(self.random.randint(1, 4)):
                    near = self.groups[vpc] if self.chance(0.1 if self.meshed else 0.6) else every
                    peer = self.random.choice(
                        (
                            {"cidr": self.cidr()},
                            {"cidr": self.cidr()},
                            {"cidr": self.cidr6()},
                            {"group": f"@{self.random.choice(near)}"},
                            {"group": f"@{self.random.choice(near)}"},
                            {"itself": True},
                            {"prefix_list": "@aws_ec2_managed_prefix_list.pl"},
                        )
                    )
                    rules.append({**self.traffic(), **peer})
                self.things[group][direction] = rules

    def lists(self, vpc: str) -> None:
        if self.chance(0.5):
            return
        guarded = [s for s in self.subnets[vpc] if self.chance(0.6)]
        acl = f"aws_network_acl.{vpc.partition('.')[2]}"
        self.things[acl] = {"vpc": f"@{vpc}", "subnets": [{"subnet": f"@{s}"} for s in guarded]}
        for direction in ("ingress", "egress"):
            rules = []
            for number in self.random.sample(range(1, 9), self.random.randint(0, 4)):
                traffic = self.traffic()
                kind = traffic["from_port"] if traffic["protocol"].startswith("icmp") else None
                rules.append(
                    {
                        **traffic,
                        "icmp_type": kind,
                        "number": number * 10,
                        "action": "allow" if self.chance(0.5) else "deny",
                        "cidr": self.cidr() if self.chance(0.8) else self.cidr6(),
                    }
                )
            if self.chance(0.8):
                for number, cidr in ((100, "0.0.0.0/0"), (101, "::/0")):
                    everything = {"protocol": "all", "from_port": 0, "to_port": 65535, "icmp_type": None}
                    rules.append({**everything, "number": number, "action": "allow", "cidr": cidr})
            self.things[acl][direction] = rules

    def gateways(self) -> None:
        for vpc in self.vpcs:
            short = vpc.partition(".")[2]
            if self.chance(0.7):
                self.things[f"aws_internet_gateway.{short}"] = {"vpc": f"@{vpc}"}
            if self.chance(0.3):
                self.things[f"aws_egress_only_internet_gateway.{short}"] = {"vpc": f"@{vpc}"}
            if self.chance(0.5):
                subnet = self.random.choice(self.subnets[vpc])
                third = subnet[-1]
                base = self.ranges[vpc].rsplit(".", 2)[0]
                self.things[f"aws_nat_gateway.{short}"] = {
                    "subnet": f"@{subnet}",
                    "connectivity": self.random.choice(("public", "private")),
                    "private_ip": f"{base}.{int(third) + 1}.9",
                    "public_ip": "3.3.3.3",
                    "state": "available",
                }

    def peerings(self) -> None:
        for at, one in enumerate(self.vpcs):
            for other in self.vpcs[at + 1 :]:
                if self.chance(0.5):
                    # In a mesh the other half goes by the transit gateway.
                    status = "active" if self.chance(0.9) else "deleted"
                    ends = {"vpc": f"@{one}", "peer_vpc": f"@{other}", "status": status}
                    self.things[f"aws_vpc_peering_connection.p{at}{other[-1]}"] = ends

    def transit(self) -> None:
        self.things["aws_ec2_transit_gateway.t"] = {
            "security_group_referencing": self.chance(0.4),
            "default_association": True,
            "default_propagation": True,
        }
        attachments = []
        for vpc in self.vpcs:
            if self.meshed or self.chance(0.85):
                attachment = f"aws_ec2_transit_gateway_attachment.{vpc.partition('.')[2]}"
                held = self.random.sample(self.subnets[vpc], self.random.randint(1, len(self.subnets[vpc])))
                self.things[attachment] = {
                    "type": "vpc",
                    "transit_gateway": "@aws_ec2_transit_gateway.t",
                    "resource": f"@{vpc}",
                    "subnets": [f"@{s}" for s in held],
                    "appliance_mode": False,
                    "security_group_referencing": self.chance(0.8),
                    "state": "available" if self.chance(0.95) else "deleted",
                }
                attachments.append((attachment, vpc))
        for number in range(self.random.randint(1, 2)):
            routes = []
            for attachment, vpc in attachments:
                if self.meshed or self.chance(0.75):
                    at = f"@{attachment}"
                    routes.append({"destination": self.ranges[vpc], "attachment": at, "propagated": True})
            if attachments and self.chance(0.3):
                at = f"@{self.random.choice(attachments)[0]}"
                routes.append({"destination": self.cidr(), "attachment": at})
            if self.chance(0.2):
                routes.append({"destination": self.cidr(), "attachment": None, "blackhole": True})
            mine = [a for i, (a, _) in enumerate(attachments) if i % 2 == number or number == 0]
            self.things[f"aws_ec2_transit_gateway_route_table.r{number}"] = {
                "transit_gateway": "@aws_ec2_transit_gateway.t",
                "routes": routes,
                "associations": [{"attachment": f"@{a}"} for a in mine if self.meshed or self.chance(0.9)],
                "propagations": [],
            }

    def targets(self, vpc: str) -> list[str]:
        short = vpc.partition(".")[2]
        kinds = ("aws_internet_gateway", "aws_nat_gateway")
        found = [f"{kind}.{short}" for kind in kinds if f"{kind}.{short}" in self.things]
        found += [
            k
            for k, c in self.things.items()
            if k.startswith("aws_vpc_peering") and f"@{vpc}" in (c["vpc"], c["peer_vpc"])
        ]
        if "aws_ec2_transit_gateway.t" in self.things:
            found += ["aws_ec2_transit_gateway.t"] * 2
        return found

    def tables(self, vpc: str) -> None:
        short = vpc.partition(".")[2]
        subnets = list(self.subnets[vpc])
        self.random.shuffle(subnets)
        for number in range(self.random.randint(1, 2)):
            mine, subnets = subnets[:2], subnets[2:]
            main = number == 0 and self.chance(0.4)
            targets = self.targets(vpc)
            routes: list[dict[str, Any]] = []
            for other in self.vpcs:
                if other != vpc and targets and (self.meshed or self.chance(0.8)):
                    gateways = [t for t in targets if "peering" in t or "transit" in t or self.chance(0.1)]
                    routes += [{"destination": self.ranges[other], "target": f"@{t}"} for t in gateways[:1]]
            if targets and self.chance(0.6):
                routes.append({"destination": "0.0.0.0/0", "target": f"@{self.random.choice(targets)}"})
            if self.chance(0.3) and targets:
                routes.append({"destination": self.cidr(), "target": f"@{self.random.choice(targets)}"})
            if self.chance(0.15):
                routes.append({"destination": self.cidr(), "target": None, "blackhole": True})
            if self.chance(0.1) and targets:
                target = f"@{self.random.choice(targets)}"
                routes.append({"prefix_list": "@aws_ec2_managed_prefix_list.pl", "target": target})
            for kind in ("aws_internet_gateway", "aws_egress_only_internet_gateway"):
                if f"{kind}.{short}" in self.things and self.chance(0.5):
                    routes.append({"destination": "::/0", "target": f"@{kind}.{short}"})
                    break
            seen: dict[Any, dict[str, Any]] = {}
            for route in routes:
                seen.setdefault(route.get("destination") or "list", route)
            self.things[f"aws_route_table.{short}t{number}"] = {
                "vpc": f"@{vpc}",
                "main": main,
                "routes": list(seen.values()),
                "subnets": [{"subnet": f"@{s}"} for s in mine if not main],
            }

    def hosts(self) -> None:
        number = 0
        for vpc in self.vpcs:
            base = self.ranges[vpc].rsplit(".", 2)[0]
            for subnet in self.subnets[vpc]:
                third = int(subnet[-1]) + 1
                for _ in range(self.random.randint(0, 2)):
                    number += 1
                    config: dict[str, Any] = {"subnet": f"@{subnet}"}
                    if not self.chance(0.1):
                        held = self.random.sample(
                            self.groups[vpc], self.random.randint(1, min(2, len(self.groups[vpc])))
                        )
                        config["security_groups"] = [f"@{g}" for g in held]
                    if self.chance(0.8):
                        config["private_ip"] = f"{base}.{third}.{4 + number % 40}"
                    if self.chance(0.3):
                        short = vpc.partition(".")[2][1:]
                        config["ipv6_addresses"] = [f"2a05:d0{short}:0:{third}::{number:x}"]
                    if self.chance(0.4):
                        config["public_ip"] = f"3.0.0.{number}" if self.chance(0.5) else True
                    self.things[f"aws_instance.i{number}"] = config
