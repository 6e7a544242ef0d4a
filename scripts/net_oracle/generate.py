"""Random estates, steered to boundaries: rules end at the ports and addresses that are probed, prefixes nest.

Naive estates let wrong tracers live: a table whose first match is also its longest prefix, a list that nobody passes.
So prefixes are drawn from the ends' own addresses and the ranges around them, port ranges from the probed ports and
their neighbours, and every list and table holds rules that contradict each other.
"""

from __future__ import annotations

import ipaddress
import random
from typing import Any, NamedTuple

from scripts.net_oracle.things import Things

HOSTS4 = ("198.51.100.7", "198.51.100.8", "8.8.4.4")
HOSTS6 = ("2001:4860:4860::8888", "2606:4700:4700::1111")
"""Who is on the internet."""
PORTS = (22, 80, 81, 443, 444, 1023, 1024, 5432, 8080, 65535)
SPORTS = (1025, 32767, 32768, 49152, 60999, 61000, 65534)
ZONES = ("eu-west-1a", "eu-west-1b")
_CIDRS = ("10.0.0.0/16", "10.1.0.0/16", "172.31.0.0/20", "100.64.0.0/20", "10.1.128.0/17", "192.168.4.0/22")


class Case(NamedTuple):
    """An estate and what to probe: ports, the client's port, public addresses that no field of the data holds."""

    seed: int
    things: Things
    ports: tuple[int, ...]
    sport: int
    public: dict[str, str]
    """Public address of a node of a balancer, by `key#subnet`."""


def generate(seed: int) -> Case:
    """The estate of a seed: always the same one."""
    return _Maker(seed).case()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        self.things: Things = {}
        self.public: dict[str, str] = {}
        self.eips = 10
        self.pool4: list[str] = ["0.0.0.0/0", *(f"{h}/32" for h in HOSTS4), "198.51.100.0/24", "198.51.100.8/29"]
        self.pool6: list[str] = ["::/0", *(f"{h}/128" for h in HOSTS6), "2001:4860::/32"]
        self.ports = tuple(sorted(self.random.sample(PORTS, 4)))
        self.sport = self.random.choice(SPORTS)
        # Half of the estates let nearly everything through their groups, so that routes and lists decide.
        self.open = self.chance(0.5)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def case(self) -> Case:
        cidrs = self.random.sample(_CIDRS, self.random.choice((1, 2, 2, 3)))
        if len(cidrs) > 1 and self.chance(0.12):
            cidrs[-1] = cidrs[0]
        vpcs = [self._vpc(at, cidr) for at, cidr in enumerate(cidrs)]
        self._addresses(vpcs)
        self._peerings(vpcs)
        self._transit(vpcs)
        for vpc in vpcs:
            self._groups(vpc)
        for vpc in vpcs:
            self._members(vpc)
            self._balancer(vpc)
            self._tables(vpc)
            self._lists(vpc)
        return Case(self.seed, self.things, self.ports, self.sport, self.public)

    # --- places ---------------------------------------------------------------------------------------------------

    def _vpc(self, at: int, cidr: str) -> str:
        vpc = f"aws_vpc.v{at}"
        config: dict[str, Any] = {"cidrs": [cidr], "ipv6_cidrs": []}
        if self.chance(0.5):
            config["ipv6_cidrs"] = [f"2600:1f18:{at + 1}00::/56"]
        if self.chance(0.2):
            config["cidrs"].append(f"10.20{at}.0.0/24")
        self.things[vpc] = config
        if self.chance(0.7):
            self.things[f"aws_internet_gateway.g{at}"] = {"vpc": f"@{vpc}"}
        if config["ipv6_cidrs"] and self.chance(0.5):
            self.things[f"aws_egress_only_internet_gateway.e{at}"] = {"vpc": f"@{vpc}"}
        blocks = list(ipaddress.ip_network(cidr).subnets(new_prefix=self.random.choice((24, 24, 26))))[:4]
        for number in range(self.random.choice((1, 2, 3, 3))):
            subnet: dict[str, Any] = {
                "vpc": f"@{vpc}",
                "cidr": str(blocks[number]),
                "availability_zone": self.random.choice(ZONES),
            }
            if config["ipv6_cidrs"] and self.chance(0.8):
                whole = ipaddress.ip_network(config["ipv6_cidrs"][0])
                subnet["ipv6_cidr"] = str(list(whole.subnets(new_prefix=64))[number])
            self.things[f"aws_subnet.s{at}{number}"] = subnet
        return vpc

    def _of(self, kind: str, vpc: str) -> list[str]:
        return [k for k, c in self.things.items() if k.startswith(f"{kind}.") and c.get("vpc") == f"@{vpc}"]

    def _taken(self) -> set[str]:
        found: set[str] = set()
        for key, config in self.things.items():
            vpc = self.things.get(str(config.get("subnet", "")).removeprefix("@"), {}).get("vpc", "")
            found |= {f"{vpc} {config.get('private_ip')}"}
            if key.startswith("aws_lb."):
                found |= {f"{config['vpc']} {text}" for text in config["private_ips"]}
        return found

    def _free(self, subnet: str) -> str:
        config = self.things[subnet]
        block = ipaddress.ip_network(config["cidr"])
        while True:
            low, high = int(block.network_address) + 4, int(block.broadcast_address) - 1
            at = self.random.choice((low, high, low + 1, (low + high) // 2, (low + high) // 2 + 1, low + 5, high - 3))
            text = str(ipaddress.ip_address(at))
            if f"{config['vpc']} {text}" not in self._taken():
                return text

    def _eip(self, holder: str) -> None:
        self.eips += 1
        self.things[f"aws_eip.p{self.eips}"] = {"public_ip": f"203.0.113.{self.eips}", "instance": f"@{holder}"}
        self.pool4 += [f"203.0.113.{self.eips}/32", "203.0.113.0/24"]

    def _addresses(self, vpcs: list[str]) -> None:
        """Machines; their addresses, and the ranges around these, are what rules are made of."""
        number = 0
        for vpc in vpcs:
            subnets = self._of("aws_subnet", vpc)
            gateway = bool(self._of("aws_internet_gateway", vpc))
            for _ in range(self.random.choice((3, 3, 4, 5))):
                subnet = self.random.choice(subnets)
                key = f"aws_instance.i{number}"
                number += 1
                ip = self._free(subnet)
                config: dict[str, Any] = {"subnet": f"@{subnet}", "private_ip": ip, "security_groups": []}
                config["source_dest_check"] = not self.chance(0.3)
                self.things[key] = config
                if self.things[subnet].get("ipv6_cidr") and self.chance(0.8):
                    base = ipaddress.ip_network(self.things[subnet]["ipv6_cidr"])
                    config["ipv6_addresses"] = [str(base.network_address + 16 + number)]
                    self.pool6 += [config["ipv6_addresses"][0] + "/128", str(base)]
                around = [ipaddress.ip_network(f"{ip}/{bits}", strict=False) for bits in (32, 31, 29, 25)]
                self.pool4 += [str(n) for n in around]
                if gateway and self.chance(0.4):
                    self._eip(key)
            if gateway and self.chance(0.6):
                self._nat(vpc, self.random.choice(subnets), True)
            elif self.chance(0.2):
                self._nat(vpc, self.random.choice(subnets), False)
            self.pool4 += self.things[vpc]["cidrs"] * 2 + [self.things[s]["cidr"] for s in subnets]
            self.pool6 += self.things[vpc]["ipv6_cidrs"]

    def _nat(self, vpc: str, subnet: str, public: bool) -> None:
        key = f"aws_nat_gateway.n{vpc[-1]}"
        config: dict[str, Any] = {"subnet": f"@{subnet}", "private_ip": self._free(subnet)}
        config["connectivity"] = "public" if public else "private"
        if public:
            self.eips += 1
            config["public_ip"] = f"203.0.113.{self.eips}"
        self.things[key] = config
        self.pool4.append(f"{config['private_ip']}/32")

    # --- between VPCs ---------------------------------------------------------------------------------------------

    def _peerings(self, vpcs: list[str]) -> None:
        for at, vpc in enumerate(vpcs):
            for other in vpcs[at + 1 :]:
                # VPCs whose ranges overlap cannot be peered.
                if self.chance(0.55) and not self._overlap(vpc, other):
                    config = {"vpc": f"@{vpc}", "peer_vpc": f"@{other}"}
                    config["status"] = self.random.choice(("active",) * 8 + ("pending-acceptance", "deleted"))
                    self.things[f"aws_vpc_peering_connection.x{vpc[-1]}{other[-1]}"] = config

    def _overlap(self, vpc: str, other: str) -> bool:
        """https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html"""
        ranges = [[ipaddress.ip_network(c) for c in self.things[v]["cidrs"]] for v in (vpc, other)]
        return any(a.overlaps(b) for a in ranges[0] for b in ranges[1])

    def _transit(self, vpcs: list[str]) -> None:
        if len(vpcs) < 2 or not self.chance(0.6):
            return
        hub = "aws_ec2_transit_gateway.t"
        self.things[hub] = {
            "default_association": False,
            "default_propagation": False,
            "security_group_referencing": self.chance(0.4),
        }
        held = []
        for vpc in vpcs:
            if not self.chance(0.85):
                continue
            key = f"aws_ec2_transit_gateway_attachment.a{vpc[-1]}"
            zones: dict[str, str] = {}
            for subnet in self._of("aws_subnet", vpc):
                zones.setdefault(self.things[subnet]["availability_zone"], subnet)
            chosen = list(zones.values())
            if len(chosen) > 1 and self.chance(0.3):
                chosen = chosen[:1]
            self.things[key] = {
                "transit_gateway": f"@{hub}",
                "type": "vpc",
                "resource": f"@{vpc}",
                "subnets": [f"@{s}" for s in chosen],
            }
            held.append(key)
        if not held:
            return
        tables: list[dict[str, Any]] = []
        for number in range(self.random.choice((1, 1, 2))):
            table: dict[str, Any] = {
                "transit_gateway": f"@{hub}",
                "routes": self._transit_routes(held),
                "associations": [],
                "propagations": self._propagations(held),
            }
            self.things[f"aws_ec2_transit_gateway_route_table.t{number}"] = table
            tables.append(table)
        for key in held:
            if self.chance(0.92):
                self.random.choice(tables)["associations"].append({"attachment": f"@{key}"})

    def _propagations(self, held: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        seen: set[str] = set()
        for key in held:
            vpc = self.things[key]["resource"][1:]
            ranges = [*self.things[vpc]["cidrs"], *self.things[vpc]["ipv6_cidrs"]]
            if self.chance(0.85) and not seen & set(ranges):
                seen |= set(ranges)
                found.append({"attachment": f"@{key}"})
        return found

    def _transit_routes(self, held: list[str]) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for _ in range(self.random.choice((0, 1, 2, 3))):
            destination = self.random.choice([*self.pool4, *self.pool4, *self.pool6])
            route: dict[str, Any] = {"destination": destination}
            if self.chance(0.25):
                route["blackhole"] = True
            else:
                route["attachment"] = f"@{self.random.choice(held)}"
            found[destination] = route
        return list(found.values())

    # --- filters --------------------------------------------------------------------------------------------------

    def _range(self) -> tuple[int, int]:
        if self.chance(0.3):
            return 0, 65535
        ends = [min(65535, max(0, p + d)) for p in self.ports for d in (-1, 0, 0, 1)]
        low = self.random.choice(ends)
        return (low, low) if self.chance(0.4) else (low, max(low, self.random.choice(ends)))

    def _ephemeral(self) -> tuple[int, int]:
        if self.chance(0.6):
            return self.random.choice(((0, 65535), (1024, 65535), (32768, 60999), (1024, 60999)))
        return self._range()

    def _peer(self) -> str:
        return self.random.choice(self.pool6 if self.chance(0.3) else self.pool4)

    def _rule(self, vpc: str, groups: list[str], inward: bool) -> dict[str, Any]:
        low, high = self._range()
        rule: dict[str, Any] = {"protocol": "tcp", "from_port": low, "to_port": high}
        if self.chance(0.2):
            rule = {"protocol": "all", "from_port": 0, "to_port": 65535}
        elif self.chance(0.07):
            rule["protocol"] = "udp"
        if groups and self.chance(0.35):
            own = [g for g in groups if self.things[g]["vpc"] == f"@{vpc}"]
            rule["group"] = f"@{self.random.choice(groups if inward else own)}"
        elif self.chance(0.1):
            rule["itself"] = True
        else:
            rule["cidr"] = self._peer()
        return rule

    def _groups(self, vpc: str) -> None:
        for number in range(2):
            self.things[f"aws_security_group.g{vpc[-1]}{number}"] = {"vpc": f"@{vpc}", "ingress": [], "egress": []}

    def _near(self, vpc: str) -> list[str]:
        """Groups a rule may name: of the VPC itself, of one it is peered with, of one across the transit gateway."""
        others = {vpc}
        for key, config in self.things.items():
            if key.startswith("aws_vpc_peering") and f"@{vpc}" in config.values():
                others |= {config["vpc"][1:], config["peer_vpc"][1:]}
        attached = [c["resource"][1:] for k, c in self.things.items() if k.startswith("aws_ec2_transit_gateway_att")]
        if vpc in attached:
            others |= {other for other in attached if not self._overlap(vpc, other)}
        return [g for other in sorted(others) for g in self._of("aws_security_group", other)]

    def _members(self, vpc: str) -> None:
        own, near = self._of("aws_security_group", vpc), self._near(vpc)
        for group in own:
            config = self.things[group]
            config["ingress"] = [self._rule(vpc, near, True) for _ in range(self.random.choice((1, 2, 3, 4)))]
            config["egress"] = [self._rule(vpc, near, False) for _ in range(self.random.choice((0, 1, 2)))]
            for way in ("ingress", "egress"):
                if self.chance(0.95 if self.open else 0.4 if way == "ingress" else 0.75):
                    for cidr in ("0.0.0.0/0", "::/0"):
                        config[way].append({"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": cidr})
        for key, config in self.things.items():
            if key.startswith("aws_instance.") and self.things[config["subnet"][1:]]["vpc"] == f"@{vpc}":
                config["security_groups"] = [f"@{g}" for g in self.random.sample(own, self.random.choice((1, 1, 2)))]

    def _lists(self, vpc: str) -> None:
        for subnet in self._of("aws_subnet", vpc):
            if not self.chance(0.55):
                continue
            acl: dict[str, Any] = {"vpc": f"@{vpc}", "subnets": [{"subnet": f"@{subnet}"}]}
            for way in ("ingress", "egress"):
                entries = []
                for number in self.random.sample(range(1, 90), self.random.choice((0, 1, 2, 3))):
                    low, high = self._ephemeral()
                    entry = {"protocol": "tcp", "from_port": low, "to_port": high, "cidr": self._peer()}
                    if self.chance(0.25):
                        entry = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": self._peer()}
                    entry |= {"number": number, "action": self.random.choice(("allow", "allow", "deny"))}
                    entries.append(entry)
                if self.chance(0.8):
                    for at, cidr in enumerate(("0.0.0.0/0", "::/0")):
                        entries.append(
                            {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": cidr, "number": 100 + at}
                            | {"action": "allow"}
                        )
                self.random.shuffle(entries)
                acl[way] = entries
            self.things[f"aws_network_acl.{subnet.partition('.')[2]}"] = acl

    # --- balancers and routes -------------------------------------------------------------------------------------

    def _balancer(self, vpc: str) -> None:
        if not self.chance(0.3):
            return
        at = vpc[-1]
        zones: dict[str, str] = {}
        for subnet in self._of("aws_subnet", vpc):
            zones.setdefault(self.things[subnet]["availability_zone"], subnet)
        subnets = list(zones.values())
        machines = [k for k, c in self.things.items() if k.startswith("aws_instance.")]
        own = [k for k in machines if self.things[self.things[k]["subnet"][1:]]["vpc"] == f"@{vpc}"]
        target = self.random.choice(own)
        public = bool(self._of("aws_internet_gateway", vpc)) and self.chance(0.7)
        groups = [self.random.choice(self._of("aws_security_group", vpc))] if self.chance(0.6) else []
        key = f"aws_lb.b{at}"
        self.things[key] = {
            "name": f"b{at}",
            "vpc": f"@{vpc}",
            "type": "network",
            "scheme": "internet-facing" if public else "internal",
            "cross_zone": True,
            "subnets": [f"@{s}" for s in subnets],
            "private_ips": [],
            "security_groups": [f"@{g}" for g in groups],
        }
        for subnet in subnets:
            self.things[key]["private_ips"].append(self._free(subnet))
            if public:
                self.eips += 1
                self.public[f"{key}#{subnet}"] = f"203.0.113.{self.eips}"
        self.things[f"aws_lb_target_group.b{at}"] = {
            "name": f"b{at}",
            "vpc": f"@{vpc}",
            "port": self.random.choice(self.ports),
            "protocol": "TCP",
            "target_type": "ip",
            "preserve_client_ip": False,
            "targets": [{"target": f"@{target}"}],
        }
        listens = self.random.choice(self.ports)
        self.things[f"aws_lb_listener.b{at}"] = {
            "load_balancer": f"@{key}",
            "port": listens,
            "protocol": "TCP",
            "actions": [{"type": "forward", "target_group": f"@aws_lb_target_group.b{at}"}],
        }

    def _gateways(self, vpc: str) -> list[tuple[str, list[str]]]:
        """(gateway, destinations that make sense for it)."""
        whole4, whole6 = ["0.0.0.0/0"] * 6, ["::/0"] * 3
        far4 = [f"{h}/32" for h in HOSTS4] + ["198.51.100.0/24", "198.51.100.8/29", "203.0.113.0/24"]
        found = [(g, whole4 + far4 + whole6 + ["2001:4860::/32"]) for g in self._of("aws_internet_gateway", vpc)]
        found += [(g, ["::/0", "2606::/16"]) for g in self._of("aws_egress_only_internet_gateway", vpc)]
        nat = f"aws_nat_gateway.n{vpc[-1]}"
        if nat in self.things:
            found.append((nat, whole4 + far4))
        for key, config in self.things.items():
            if key.startswith("aws_vpc_peering") and f"@{vpc}" in config.values():
                other = config["peer_vpc"] if config["vpc"] == f"@{vpc}" else config["vpc"]
                found.append((key, self._near_to(other[1:])))
            if key.startswith("aws_ec2_transit_gateway_attachment") and config["resource"] == f"@{vpc}":
                ranges = [r for v in self._vpcs() if v != vpc for r in self._near_to(v)]
                found.append((config["transit_gateway"][1:], [*ranges, "0.0.0.0/0", "10.0.0.0/8"]))
        return found

    def _vpcs(self) -> list[str]:
        return [k for k in self.things if k.startswith("aws_vpc.")]

    def _near_to(self, vpc: str) -> list[str]:
        """The ranges of a VPC, halves of them, its subnets and single machines."""
        own = self.things[vpc]
        found: list[str] = own["cidrs"] * 4 + own["ipv6_cidrs"] * 3
        found += [str(n) for c in own["cidrs"] for n in ipaddress.ip_network(c).subnets()]
        found += [self.things[s]["cidr"] for s in self._of("aws_subnet", vpc)]
        for config in self.things.values():
            if config.get("private_ip") and self.things[config["subnet"][1:]]["vpc"] == f"@{vpc}":
                found.append(f"{config['private_ip']}/32")
        return found

    def _boxes(self, vpc: str) -> list[str]:
        machines = [k for k, c in self.things.items() if k.startswith("aws_instance.")]
        return [k for k in machines if self.things[self.things[k]["subnet"][1:]]["vpc"] == f"@{vpc}"]

    def _middlebox(self, vpc: str) -> list[tuple[str, str]]:
        """A route to a machine that forwards, or that only should: for a subnet, for another VPC, for everything."""
        boxes = self._boxes(vpc)
        off = [b for b in boxes if self.things[b]["source_dest_check"] is False]
        if not self.chance(0.5):
            return []
        box = self.random.choice(off if off and self.chance(0.9) else boxes)
        subnets = [self.things[s]["cidr"] for s in self._of("aws_subnet", vpc) if f"@{s}" != self.things[box]["subnet"]]
        far = [r for v in self._vpcs() if v != vpc for r in self.things[v]["cidrs"]]
        return [(box, self.random.choice([*subnets * 3, *far, "0.0.0.0/0", *self.random.sample(self.pool4, 2)]))]

    def _routes(self, vpc: str) -> list[dict[str, Any]]:
        own = {*self.things[vpc]["cidrs"], *self.things[vpc]["ipv6_cidrs"]}
        inside = [ipaddress.ip_network(c) for c in own]
        found: dict[str, dict[str, Any]] = {}
        gateways = self._gateways(vpc)
        tries = [(g, to[0]) for g, to in gateways if to and self.chance(0.7)]
        tries += [(g, self.random.choice(to)) for g, to in gateways if to and self.chance(0.4)]
        tries += self._middlebox(vpc)
        self.random.shuffle(tries)
        for gateway, destination in tries:
            network = ipaddress.ip_network(destination)
            within = any(network.version == r.version and network.subnet_of(r) for r in inside)  # type: ignore[arg-type]
            if destination in own or (within and not gateway.startswith("aws_instance")):
                continue
            found[destination] = {"destination": destination, "target": f"@{gateway}"}
        if self.chance(0.15):
            destination = self.random.choice(self.pool4)
            if not any(ipaddress.ip_network(destination).overlaps(r) for r in inside if r.version == 4):
                found[destination] = {"destination": destination, "blackhole": True}
        routes = list(found.values())
        self.random.shuffle(routes)
        return routes

    def _tables(self, vpc: str) -> None:
        at = vpc[-1]
        nat = self.things.get(f"aws_nat_gateway.n{at}", {}).get("subnet", "")
        if self.chance(0.8):
            self.things[f"aws_route_table.m{at}"] = {
                "vpc": f"@{vpc}",
                "main": True,
                "subnets": [],
                "routes": self._routes(vpc),
            }
        for subnet in self._of("aws_subnet", vpc):
            if not self.chance(0.95 if nat == f"@{subnet}" else 0.6):
                continue
            routes = self._routes(vpc)
            gateways = self._of("aws_internet_gateway", vpc)
            if nat == f"@{subnet}" and gateways and self.chance(0.9):
                # A NAT gateway whose own subnet leads back to it only goes in circles.
                routes = [r for r in routes if not str(r.get("target")).startswith("@aws_nat_gateway")]
                routes = [r for r in routes if r["destination"] != "0.0.0.0/0"]
                routes.append({"destination": "0.0.0.0/0", "target": f"@{gateways[0]}"})
            # What stands in the subnet itself and leads back to it only goes in circles.
            here = [f"@{b}" for b in self._boxes(vpc) if self.things[b]["subnet"] == f"@{subnet}"]
            if self.chance(0.8):
                routes = [r for r in routes if r.get("target") not in here]
            self.things[f"aws_route_table.{subnet.partition('.')[2]}"] = {
                "vpc": f"@{vpc}",
                "subnets": [{"subnet": f"@{subnet}"}],
                "routes": routes,
            }
