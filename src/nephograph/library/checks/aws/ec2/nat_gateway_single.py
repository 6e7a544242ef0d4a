"""VPC whose zones share one NAT gateway.

## What
The gateway is the only one of its VPC, it stands in one zone, and subnets of other zones are there. A regional
gateway is quiet.

## Why
When its zone fails, nothing in the other zones has a way out. Low: it is a matter of uptime, and a second one costs
money.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_nat_gateway" "a" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = aws_subnet.a.id
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_nat_gateway" "a" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = aws_subnet.a.id
}
```

## Fix
Give each zone a gateway of its own, or use a regional one.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence


@check(kind="aws_nat_gateway", severity=Severity.LOW, topics=("high-availability",))
def nat_gateway_single(gateway: Resource, facts: Facts) -> Iterator[Bad]:
    """One gateway, and subnets of two zones or more."""
    zonal = test(gateway, "availability", when=lambda mode: mode == "zonal", says="the gateway is {value}")
    for home in facts.attached(gateway, "in_subnet", "aws_subnet"):
        for network in facts.attached(home, "in_network", "aws_vpc"):
            subnets = facts.holders(network, "in_network", "aws_subnet")
            others = [
                g for s in subnets for g in facts.holders(s, "in_subnet", "aws_nat_gateway") if g.urn != gateway.urn
            ]
            zones = {zone for s in subnets if isinstance(zone := s.get("availability_zone"), str)}
            if others or len(zones) < 2:
                continue
            proof = Evidence.at(f"{network.label} has subnets in {', '.join(sorted(zones))}", network, ())
            yield from bad_if(
                zonal.also(proof), "subnet", message=f"all zones of {network.label} go out by {gateway.label}"
            )
