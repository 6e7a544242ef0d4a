"""Subnet that gives everything a public address.

## What
Whatever is started in the subnet gets a public IPv4 address.

## Why
What was meant to be private is on the internet as soon as a rule is wide. Low: a rule has to be wide.

## Bad
```hcl
resource "aws_subnet" "a" {
  vpc_id                  = "vpc-11111111"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}
```

## Good
```hcl
resource "aws_subnet" "a" {
  vpc_id     = "vpc-11111111"
  cidr_block = "10.0.1.0/24"
}
```
```hcl
resource "aws_subnet" "a" {
  vpc_id                  = "vpc-11111111"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = false
}
```

## Fix
Give public addresses to what needs one, or put a load balancer before it.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_subnet",
    severity=Severity.LOW,
    topics=("public-exposure", "network-segmentation"),
    tools=("CKV_AWS_130", "AVD-AWS-0164"),
)
def subnet_public_on_launch(subnet: Resource, facts: Facts) -> Iterator[Bad]:
    """Subnet that gives everything a public address."""
    bad = test(subnet, "public_ip_on_launch", when=lambda on: on is True, says="map_public_ip_on_launch is {value}")
    yield from bad_if(bad, "public_ip_on_launch", message=f"subnet {subnet.label} gives everything a public address")
