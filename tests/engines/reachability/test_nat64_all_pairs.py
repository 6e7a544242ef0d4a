"""NAT64 in random estates: both engines say the same of what reaches the IPv4 internet under IPv6 addresses."""

from __future__ import annotations

import pathlib
import random
import sys
from collections.abc import Iterator

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from random_networks import Maker, Things, build

from nephograph.engines.tracer.came import Outside
from nephograph.engines.tracer.question import Candidate
from nephograph.model.value import Reason, Unknown

PREFIX = "64:ff9b::/96"
FIRST = 0x64FF9B << 96
INTERNET = Outside("internet", "internet", (PREFIX,))
UNKNOWN = Unknown(Reason.NO_VALUE, "var.zones")
EVERY = {"protocol": "all", "from_port": 0, "to_port": 65535, "icmp_type": None}


def prepared(seed: int) -> Things:
    """A random estate whose tables lead NAT64 to NAT gateways, zonal or regional, or elsewhere."""
    things = Maker(seed).make()
    dice = random.Random(seed)
    for key, config in list(things.items()):
        kind, _, short = key.partition(".")
        if kind == "aws_vpc":
            gateway, way_out = f"aws_nat_gateway.{short}", f"aws_internet_gateway.{short}"
            things.setdefault(way_out, {"vpc": f"@{key}"})
            if gateway not in things or dice.random() < 0.5:
                zones = [{"zone": f"{config['_region']}a"}]
                things[gateway] = {"vpc": f"@{key}", "availability": "regional", "connectivity": "public"}
                things[gateway].update(zones=dice.choice((None, zones, UNKNOWN)), auto_zones=dice.choice((None, False)))
            else:
                things[gateway]["connectivity"] = "public"
        elif kind == "aws_route_table":
            own = config["vpc"].partition(".")[2]
            others = [f"aws_internet_gateway.{own}", f"aws_egress_only_internet_gateway.{own}"]
            target = dice.choice([f"aws_nat_gateway.{own}"] * 6 + [o for o in others if o in things])
            config["routes"].append({"destination": PREFIX, "target": f"@{target}"})
            if dice.random() < 0.6:
                config["routes"] = [r for r in config["routes"] if r.get("destination") != "0.0.0.0/0"]
                config["routes"].append({"destination": "0.0.0.0/0", "target": f"@aws_internet_gateway.{own}"})
        elif kind == "aws_network_acl":
            for direction in ("ingress", "egress"):
                cidr = dice.choice(("64:ff9b::c633:6400/120", "198.51.100.0/25", PREFIX))
                action = dice.choice(("allow", "deny"))
                config[direction].append({**EVERY, "number": dice.choice((5, 95)), "action": action, "cidr": cidr})
        elif kind == "aws_security_group":
            cidr = dice.choice((PREFIX, "64:ff9b::c633:6400/121", "::/0"))
            config.setdefault("egress", []).append({**EVERY, "cidr": cidr})
    return things


class OfNat64(Comparison):
    """What each machine sends by NAT64."""

    def differences(self) -> Iterator[str]:
        for a in self.hosts:
            if not self._has(a, 6):
                continue
            ranges = [
                one._replace(addresses=tuple((low + FIRST, high + FIRST) for low, high in one.addresses))
                for one in self.found.translated(a.urn)
            ]
            yield from self._ranges("outward", ranges, Candidate(a, INTERNET, 6, None, False))


@pytest.mark.parametrize("seed", range(700, 712))
def test_both_engines_say_the_same_of_nat64(seed: int) -> None:
    assert list(OfNat64(build(prepared(seed)), filled=False).differences()) == []


def test_some_reach_the_ipv4_internet_and_some_perhaps() -> None:
    counts = {"outward": 0, "outward sure": 0, "outward open": 0}
    for seed in range(700, 712):
        compared = OfNat64(build(prepared(seed)), filled=False)
        assert list(compared.differences()) == []
        for name in counts:
            counts[name] += compared.counts[name]
    assert counts["outward"] > counts["outward sure"] > 0, counts
    assert counts["outward open"], counts
