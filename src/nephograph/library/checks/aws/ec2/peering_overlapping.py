"""Peering of VPCs whose address ranges overlap.

## What
Both VPCs have some of the same addresses. AWS refuses such a peering; in a plan it is a mistake that shows at apply.

## Why
A route to an address that both have stays inside the VPC it starts from. Medium: the connection cannot work.

## Bad
```hcl
resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.0.128.0/17"
}

resource "aws_vpc_peering_connection" "pair" {
  vpc_id      = aws_vpc.one.id
  peer_vpc_id = aws_vpc.two.id
}
```
```yaml
Resources:
  One:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Two:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.128.0/17}
  Pair:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref One, PeerVpcId: !Ref Two}
```

## Good
```hcl
resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "pair" {
  vpc_id      = aws_vpc.one.id
  peer_vpc_id = aws_vpc.two.id
}
```
```yaml
Resources:
  One:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Two:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Pair:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref One, PeerVpcId: !Ref Two}
```

## Fix
Give the VPCs ranges of their own, or publish the one service that is needed through PrivateLink.

## References
- https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html
"""

from collections.abc import Iterator

from nephograph.library.routing.tables import overlapping
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_vpc_peering_connection", severity=Severity.MEDIUM, topics=("network-segmentation",))
def peering_overlapping(peering: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a pair of ranges."""
    for fault in overlapping(peering, facts):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
