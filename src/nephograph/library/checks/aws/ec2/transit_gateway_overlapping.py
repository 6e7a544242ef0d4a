"""Transit gateway that joins VPCs whose address ranges overlap.

## What
Two VPCs that are attached to the gateway have some of the same addresses.

## Why
Of an address that both have only one VPC is ever reached, and inside either VPC the address is its own. Medium:
connections go astray, and which ones depends on the order of the attachments.

## Bad
```hcl
resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.0.128.0/17"
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.two.id
  cidr_block = "10.0.128.0/24"
}

resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_ec2_transit_gateway_vpc_attachment" "one" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.one.id
  subnet_ids         = [aws_subnet.one.id]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "two" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.two.id
  subnet_ids         = [aws_subnet.two.id]
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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref One, CidrBlock: 10.0.0.0/24}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Two, CidrBlock: 10.0.128.0/24}
  Hub:
    Type: AWS::EC2::TransitGateway
  JoinOne:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref One, SubnetIds: [!Ref A]}
  JoinTwo:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref Two, SubnetIds: [!Ref B]}
```

## Good
```hcl
resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.two.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_ec2_transit_gateway_vpc_attachment" "one" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.one.id
  subnet_ids         = [aws_subnet.one.id]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "two" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.two.id
  subnet_ids         = [aws_subnet.two.id]
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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref One, CidrBlock: 10.0.0.0/24}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Two, CidrBlock: 10.1.0.0/24}
  Hub:
    Type: AWS::EC2::TransitGateway
  JoinOne:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref One, SubnetIds: [!Ref A]}
  JoinTwo:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref Two, SubnetIds: [!Ref B]}
```

## Fix
Give the VPCs ranges of their own, attach them to gateways of their own, or go through a private NAT gateway.

## References
- https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from collections.abc import Iterator

from nephograph.library.routing.tables import overlapping
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ec2_transit_gateway", severity=Severity.MEDIUM, topics=("network-segmentation",))
def transit_gateway_overlapping(gateway: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a pair of ranges."""
    for fault in overlapping(gateway, facts):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
