"""Route into another VPC that does not lead back.

## What
A subnet leads to a subnet of another VPC by a peering connection or a transit gateway, and the table of that subnet
has no route back, or leads back by something else. Where a route there is not known, it depends.

## Why
The first packet arrives and its answer is lost, or an appliance on one of the two ways sees half of a connection and
drops it. Low: nothing is open.

## Bad
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

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.two.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_route_table" "one" {
  vpc_id = aws_vpc.one.id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.pair.id
  }
}

resource "aws_route_table" "two" {
  vpc_id = aws_vpc.two.id
}

resource "aws_route_table_association" "one" {
  subnet_id      = aws_subnet.one.id
  route_table_id = aws_route_table.one.id
}

resource "aws_route_table_association" "two" {
  subnet_id      = aws_subnet.two.id
  route_table_id = aws_route_table.two.id
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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref One, CidrBlock: 10.0.0.0/24}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Two, CidrBlock: 10.1.0.0/24}
  RoutesOne:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref One}
  RoutesTwo:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Two}
  There:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesOne, DestinationCidrBlock: 10.1.0.0/16, VpcPeeringConnectionId: !Ref Pair}
  TableOfA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref A, RouteTableId: !Ref RoutesOne}
  TableOfB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref B, RouteTableId: !Ref RoutesTwo}
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

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "two" {
  vpc_id     = aws_vpc.two.id
  cidr_block = "10.1.0.0/24"
}

resource "aws_route_table" "one" {
  vpc_id = aws_vpc.one.id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.pair.id
  }
}

resource "aws_route_table" "two" {
  vpc_id = aws_vpc.two.id
  route {
    cidr_block                = "10.0.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.pair.id
  }
}

resource "aws_route_table_association" "one" {
  subnet_id      = aws_subnet.one.id
  route_table_id = aws_route_table.one.id
}

resource "aws_route_table_association" "two" {
  subnet_id      = aws_subnet.two.id
  route_table_id = aws_route_table.two.id
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
  A:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref One, CidrBlock: 10.0.0.0/24}
  B:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Two, CidrBlock: 10.1.0.0/24}
  RoutesOne:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref One}
  RoutesTwo:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Two}
  There:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesOne, DestinationCidrBlock: 10.1.0.0/16, VpcPeeringConnectionId: !Ref Pair}
  Back:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesTwo, DestinationCidrBlock: 10.0.0.0/16, VpcPeeringConnectionId: !Ref Pair}
  TableOfA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref A, RouteTableId: !Ref RoutesOne}
  TableOfB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref B, RouteTableId: !Ref RoutesTwo}
```

## Fix
Write the route back, by the same gateway.

## References
- https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
- https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from collections.abc import Iterator

from nephograph.library.routing.tables import unanswered
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_route_table", severity=Severity.LOW, topics=("network-segmentation",))
def route_table_unanswered(table: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a pair of subnets."""
    for fault in unanswered(table, facts):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
