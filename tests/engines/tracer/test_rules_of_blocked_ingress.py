"""VPC Block Public Access that blocks what comes in: whom it spares.

vpc/latest/userguide/security-vpc-bpa.html: NAT gateways and egress-only gateways may be left by, nothing else.
"""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from written_estates import ask, neighbours, table


@pytest.mark.parametrize(
    ("mode", "by_nat", "by_itself"), [("off", "yes", "yes"), ("block-ingress", "yes", "no"), ("all", "no", "no")]
)
def test_what_blocks_ingress_spares_nat_gateways_alone(mode: str, by_nat: str, by_itself: str) -> None:
    things = neighbours()
    things["aws_instance.b"]["public_ip"] = "198.51.100.7"
    things["aws_nat_gateway.n"] = {
        "subnet": "@aws_subnet.b",
        "connectivity_type": "public",
        "private_ip": "10.0.1.99",
        "public_ip": "198.51.100.8",
    }
    table(things, "a", ["a"], {"0.0.0.0/0": "aws_nat_gateway.n"})
    table(things, "b", ["b"], {"0.0.0.0/0": "aws_internet_gateway.g"})
    blocks = "block-bidirectional" if mode == "all" else mode
    things["aws_vpc_block_public_access_options.o"] = {"internet_gateway_block_mode": blocks}
    assert ask(things, "aws_instance.a", "internet").verdict == by_nat
    assert ask(things, "aws_instance.b", "internet").verdict == by_itself
