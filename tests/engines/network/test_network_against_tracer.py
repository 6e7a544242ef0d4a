"""The engine and the packet tracer agree on every probe of random estates, known and partly known."""

from __future__ import annotations

import copy
import ipaddress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from network_estates import allow, estate
from packet_tracer import Packet, on_internet, reaches

from nephograph.engines.network.network import Network
from nephograph.model.value import Reason, Unknown

CIDRS = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "8.0.0.0/8",
    "8.8.0.0/16",
    "8.8.8.0/24",
    "8.8.8.8/32",
    "203.0.113.0/24",
    "10.0.0.0/8",
    "10.0.1.0/24",
    "192.168.0.0/15",
    "::/0",
    "2000::/3",
    "2600:1f00::/24",
    "2600:1f00::1/128",
    "fd00::/8",
]
PORTS = [0, 22, 80, 443, 1023, 1024, 32768, 65535]
PROTOCOLS = ["tcp", "udp", "all", "50"]

cidrs = st.sampled_from(CIDRS)


@st.composite
def traffic(draw: st.DrawFn) -> dict[str, Any]:
    low, high = sorted((draw(st.sampled_from(PORTS)), draw(st.sampled_from(PORTS))))
    protocol = draw(st.sampled_from(PROTOCOLS))
    return allow(protocol, low, high) if protocol in ("tcp", "udp") else allow(protocol, 0, 65535)


@st.composite
def rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    peer = st.one_of(
        cidrs.map(lambda c: {"cidr": c}),
        cidrs.map(lambda c: {"cidr": c}),
        st.sampled_from([{"itself": True}, {"group": "@aws_security_group.other"}]),
    )
    return [{**draw(traffic()), **draw(peer)} for _ in range(draw(st.integers(0, 4)))]


@st.composite
def acl_rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    numbers = draw(st.lists(st.integers(1, 50), max_size=5, unique=True))
    found = [
        {**draw(traffic()), "number": n, "cidr": draw(cidrs), "action": draw(st.sampled_from(["allow", "deny"]))}
        for n in numbers
    ]
    if draw(st.booleans()):
        found += [
            {**allow("all", 0, 65535), "number": 90 + n, "cidr": c, "action": "allow"}
            for n, c in enumerate(("0.0.0.0/0", "::/0"))
        ]
    return found


@st.composite
def surroundings(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    destinations = draw(st.lists(cidrs, max_size=4, unique=True)) + draw(
        st.sampled_from([[], ["0.0.0.0/0"], ["0.0.0.0/0", "::/0"]])
    )
    hop = st.sampled_from(["@aws_internet_gateway.igw"] * 3 + ["@aws_nat_gateway.nat", "@aws_internet_gateway.far"])
    placed = draw(st.sampled_from(["explicit", "explicit", "explicit", "main", "none"]))
    things: dict[str, dict[str, Any]] = {
        "aws_vpc.main": {
            "cidrs": [draw(st.sampled_from(["10.0.0.0/16", "8.8.0.0/16"]))],
            "ipv6_cidrs": ["2600:1f00::/56"],
        },
        "aws_vpc.far": {"cidrs": ["10.9.0.0/16"]},
        "aws_internet_gateway.igw": {"vpc": draw(st.sampled_from(["@aws_vpc.main"] * 8 + [None, "@aws_vpc.far"]))},
        "aws_internet_gateway.far": {"vpc": "@aws_vpc.far"},
        "aws_nat_gateway.nat": {"subnet": "@aws_subnet.front"},
        "aws_subnet.front": {
            "vpc": "@aws_vpc.main",
            "cidr": "10.0.1.0/24",
            "public_ip_on_launch": draw(st.booleans()),
            "ipv6_cidr": draw(st.sampled_from([None, "2600:1f00::/64"])),
            "ipv6_on_launch": draw(st.booleans()),
        },
        "aws_route_table.public": {
            "vpc": "@aws_vpc.main",
            "routes": [{"destination": d, "target": draw(hop)} for d in dict.fromkeys(destinations)],
            "subnets": [{"subnet": "@aws_subnet.front"}] if placed == "explicit" else [],
            "main": placed == "main",
        },
        "aws_security_group.web": {"vpc": "@aws_vpc.main", "ingress": draw(rules())},
        "aws_security_group.other": {"vpc": "@aws_vpc.main", "ingress": draw(rules())},
        "aws_instance.web": {
            "subnet": "@aws_subnet.front",
            "security_groups": draw(
                st.sampled_from(
                    [["@aws_security_group.web"], ["@aws_security_group.web", "@aws_security_group.other"], []]
                )
            ),
            "public_ip": draw(st.sampled_from([None, True, True, False])),
        },
    }
    if draw(st.booleans()):
        things["aws_network_acl.fence"] = {
            "vpc": "@aws_vpc.main",
            "subnets": [{"subnet": "@aws_subnet.front"}],
            "ingress": draw(acl_rules()),
            "egress": draw(acl_rules()),
        }
    if draw(st.integers(0, 4)) == 0:
        things["aws_eip.one"] = {"instance": "@aws_instance.web"}
    return things


def probes() -> list[Packet]:
    found = set()
    for text in CIDRS:
        network = ipaddress.ip_network(text, strict=False)
        whole = 2 ** (32 if network.version == 4 else 128)
        for number in (int(network[0]) - 1, int(network[0]), int(network[-1]), int(network[-1]) + 1):
            if 0 <= number < whole:
                address = (ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address)(number)
                if on_internet(address):
                    found.add(address)
    ports = sorted({p + d for p in PORTS for d in (-1, 0, 1) if 0 <= p + d <= 65535})
    packets = [Packet(a, protocol, port) for a in found for protocol in ("tcp", "udp") for port in ports]
    return packets + [Packet(a, protocol, 0) for a in found for protocol in ("50", "47")]


PROBES = probes()
CLIENT_PORTS = sorted({p + d for p in PORTS for d in (0, 1) if 0 < p + d <= 65535} | {1, 2000, 40000})


def answers(things: dict[str, dict[str, Any]]) -> Any:
    """A function from a packet to the engine's answer."""
    built = estate(things)
    found = [
        (e.ports, [ipaddress.ip_network(c) for c in e.sources], e.verdict.answer)
        for e in Network(built).exposed(built.resources["aws_instance.web"])
    ]
    # "other" is every protocol that no rule on the way names.
    groups = [group[1:] for group in things["aws_instance.web"]["security_groups"] if isinstance(group, str)]
    on_the_way = [things[key] for key in (*groups, "aws_network_acl.fence") if key in things]
    lists = [thing.get(way) for thing in on_the_way for way in ("ingress", "egress")]
    items = [item for rules in lists if isinstance(rules, list) for item in rules if isinstance(item, dict)]
    named = {item["protocol"] for item in items if isinstance(item["protocol"], str)}

    def answer(packet: Packet) -> str:
        got = "no"
        for ports, sources, verdict in found:
            protocol = packet.protocol if packet.protocol in (*named, "tcp", "udp") else "other"
            if ports.protocol not in ("all", protocol) or not ports.low <= packet.port <= ports.high:
                continue
            if any(s.version == packet.source.version and packet.source in s for s in sources):
                assert got == "no", "two exposures claim one packet"
                got = verdict
        return got

    return answer


RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=300, deadline=None, suppress_health_check=RELAXED)
@given(surroundings())
def test_every_probe_of_a_known_estate_agrees(things: dict[str, dict[str, Any]]) -> None:
    answer = answers(things)
    for packet in PROBES:
        expected = "yes" if reaches(things, packet, CLIENT_PORTS) else "no"
        assert answer(packet) == expected, packet


BLANKS: list[tuple[str, tuple[str | int, ...]]] = [
    ("aws_subnet.front", ("public_ip_on_launch",)),
    ("aws_subnet.front", ("vpc",)),
    ("aws_instance.web", ("public_ip",)),
    ("aws_instance.web", ("subnet",)),
    ("aws_instance.web", ("security_groups", 0)),
    ("aws_internet_gateway.igw", ("vpc",)),
    ("aws_security_group.web", ("ingress",)),
    ("aws_network_acl.fence", ("ingress",)),
    ("aws_route_table.public", ("routes",)),
    ("aws_route_table.public", ("subnets", 0, "subnet")),
    *(
        ("aws_security_group.web", ("ingress", i, f))
        for i in (0, 1)
        for f in ("cidr", "from_port", "to_port", "protocol")
    ),
    *(("aws_security_group.web", ("ingress", i)) for i in (0, 1)),
    *(("aws_route_table.public", ("routes", i, f)) for i in (0, 1) for f in ("destination", "target")),
    *(("aws_route_table.public", ("routes", i)) for i in (0, 1)),
    *(
        ("aws_network_acl.fence", (d, i, f))
        for d in ("ingress", "egress")
        for i in (0, 1, 2)
        for f in ("cidr", "action", "from_port", "number")
    ),
]


def blank(things: dict[str, dict[str, Any]], key: str, path: tuple[str | int, ...]) -> bool:
    """Make one value unknown; False when the estate has no such value."""
    inner: Any = things.get(key)
    for part in path[:-1]:
        if isinstance(inner, Unknown) or inner is None:
            return False
        if isinstance(part, int) and part >= len(inner):
            return False
        inner = inner[part] if isinstance(part, int) else inner.get(part)
    last = path[-1]
    if inner is None or isinstance(inner, Unknown):
        return False
    if isinstance(last, int):
        if last >= len(inner):
            return False
    elif last not in inner or (last == "cidr" and inner[last] is None):
        return False
    inner[last] = Unknown(Reason.NO_VALUE, f"var.{key}.{'.'.join(map(str, path))}")
    return True


@settings(max_examples=300, deadline=None, suppress_health_check=RELAXED)
@given(surroundings(), st.lists(st.sampled_from(BLANKS), min_size=1, max_size=3, unique=True))
def test_an_answer_given_without_knowing_everything_holds_once_all_is_known(
    things: dict[str, dict[str, Any]], blanks: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    partly = copy.deepcopy(things)
    for key, path in blanks:
        blank(partly, key, path)
    answer = answers(partly)
    for packet in PROBES:
        got = answer(packet)
        if got != "depends":
            assert got == ("yes" if reaches(things, packet, CLIENT_PORTS) else "no"), packet


@st.composite
def fenced(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Everything is open but the ACL, so that what it decides shows."""
    everybody = [allow("all", 0, 65535, cidr=c) for c in ("0.0.0.0/0", "::/0")]
    return {
        "aws_vpc.main": {"cidrs": ["10.0.0.0/16"], "ipv6_cidrs": ["2600:1f00::/56"]},
        "aws_internet_gateway.igw": {"vpc": "@aws_vpc.main"},
        "aws_subnet.front": {
            "vpc": "@aws_vpc.main",
            "cidr": "10.0.1.0/24",
            "public_ip_on_launch": True,
            "ipv6_cidr": "2600:1f00::/64",
            "ipv6_on_launch": True,
        },
        "aws_route_table.public": {
            "vpc": "@aws_vpc.main",
            "routes": [{"destination": d, "target": "@aws_internet_gateway.igw"} for d in ("0.0.0.0/0", "::/0")],
            "subnets": [{"subnet": "@aws_subnet.front"}],
        },
        "aws_security_group.web": {"vpc": "@aws_vpc.main", "ingress": everybody},
        "aws_instance.web": {"subnet": "@aws_subnet.front", "security_groups": ["@aws_security_group.web"]},
        "aws_network_acl.fence": {
            "vpc": "@aws_vpc.main",
            "subnets": [{"subnet": "@aws_subnet.front"}],
            "ingress": draw(acl_rules()),
            "egress": draw(acl_rules()),
        },
    }


@settings(max_examples=150, deadline=None, suppress_health_check=RELAXED)
@given(fenced(), st.lists(st.sampled_from([b for b in BLANKS if "acl" in b[0]]), max_size=2, unique=True))
def test_acls_alone_known_and_partly_known(
    things: dict[str, dict[str, Any]], blanks: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    partly = copy.deepcopy(things)
    unsure = [blank(partly, key, path) for key, path in blanks]
    answer = answers(partly)
    for packet in PROBES:
        got = answer(packet)
        assert got != "depends" or any(unsure)
        if got != "depends":
            assert got == ("yes" if reaches(things, packet, CLIENT_PORTS) else "no"), packet
