"""A second, slow answer: one packet at a time through a plain description of an instance's surroundings.

Shares no code with the engine. Works on fully known estates only.
"""

from __future__ import annotations

import ipaddress
from typing import Any, NamedTuple

PRIVATE = [
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
UNICAST = ipaddress.ip_network("2000::/3")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Packet(NamedTuple):
    source: Address
    protocol: str
    port: int


def on_internet(address: Address) -> bool:
    if address.version == 6:
        return address in UNICAST
    return not any(address in network for network in PRIVATE)


def speaks(rule: dict[str, Any], protocol: str, port: int) -> bool:
    if rule["protocol"] == "all":
        return True
    if rule["protocol"] != protocol:
        return False
    return protocol not in ("tcp", "udp") or rule["from_port"] <= port <= rule["to_port"]


def inside(address: Address, cidr: str | None) -> bool:
    network = ipaddress.ip_network(cidr, strict=False) if cidr else None
    return network is not None and network.version == address.version and address in network


def acl_lets(rules: list[dict[str, Any]], address: Address, protocol: str, port: int) -> bool:
    for rule in sorted(rules, key=lambda r: r["number"]):
        if speaks(rule, protocol, port) and inside(address, rule["cidr"]):
            return bool(rule["action"] == "allow")
    return False


def next_hop(routes: list[dict[str, Any]], address: Address) -> str:
    best, hop = -1, "nowhere"
    for route in routes:
        if inside(address, route["destination"]):
            length = ipaddress.ip_network(route["destination"]).prefixlen
            if length > best:
                best, hop = length, route["target"]
    return hop


def reaches(things: dict[str, dict[str, Any]], packet: Packet, client_ports: list[int]) -> bool:
    """Does the packet reach aws_instance.web, and does an answer get back to some port of the client?"""
    instance, subnet = things["aws_instance.web"], things["aws_subnet.front"]
    version = packet.source.version
    if version == 4:
        flag = instance.get("public_ip")
        if flag is None:
            flag = subnet["public_ip_on_launch"]
        if not flag and "aws_eip.one" not in things:
            return False
    elif not (subnet.get("ipv6_cidr") and subnet.get("ipv6_on_launch")):
        return False
    vpc = things["aws_vpc.main"]
    routes = [{"destination": c, "target": "local"} for c in [*vpc["cidrs"], *(vpc.get("ipv6_cidrs") or [])]]
    table = things["aws_route_table.public"]
    if table.get("subnets") or table.get("main"):
        routes += table["routes"]
    if next_hop(routes, packet.source) != "@aws_internet_gateway.igw":
        return False
    if things["aws_internet_gateway.igw"].get("vpc") != "@aws_vpc.main":
        return False
    rules = [rule for group in instance["security_groups"] for rule in things[group[1:]]["ingress"]]
    if not any(
        speaks(rule, packet.protocol, packet.port) and inside(packet.source, rule.get("cidr")) for rule in rules
    ):
        return False
    acl = things.get("aws_network_acl.fence")
    if acl is None:
        return True
    if not acl_lets(acl["ingress"], packet.source, packet.protocol, packet.port):
        return False
    return any(acl_lets(acl["egress"], packet.source, packet.protocol, port) for port in client_ports)
