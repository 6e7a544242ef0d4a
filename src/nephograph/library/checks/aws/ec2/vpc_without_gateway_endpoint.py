"""VPC that pays a NAT gateway for S3.

## What
The VPC has a NAT gateway and no gateway endpoint for S3.

## Why
Traffic to S3 goes through the NAT gateway and is paid for by the gigabyte; the endpoint is free, and its policy can
confine it. Info.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_nat_gateway" "a" {
  subnet_id     = aws_subnet.a.id
  allocation_id = "eipalloc-11111111"
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
```
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_nat_gateway" "a" {
  subnet_id     = aws_subnet.a.id
  allocation_id = "eipalloc-11111111"
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
```

## Fix
Add a gateway endpoint for S3 to the private route tables.

## References
- https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_vpc", severity=Severity.INFO, topics=("cost", "network-segmentation"))
def vpc_without_gateway_endpoint(network: Resource, facts: Facts) -> Iterator[Bad]:
    """VPC that pays a NAT gateway for S3."""
    subnets = facts.holders(network, "in_network", "aws_subnet")
    gateways = [gateway for subnet in subnets for gateway in facts.holders(subnet, "in_subnet", "aws_nat_gateway")]
    endpoints = facts.holders(network, "in_network", "aws_vpc_endpoint")
    services = [endpoint.get("service") for endpoint in endpoints]
    if not gateways or any(not isinstance(service, str) or service.endswith(".s3") for service in services):
        return
    fact = Evidence.at("it is in the VPC", gateways[0], ())
    message = f"VPC {network.label or network.address} pays a NAT gateway for traffic to S3"
    yield Bad(message=message, verdict=yes(fact))
