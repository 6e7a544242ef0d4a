"""Transit gateway attachment that spreads a connection over two appliances.

## What
The attachment has subnets in several zones, each leads to an appliance of its own, and appliance mode is off: the two
directions of a connection between zones may come in by different zones.

## Why
An appliance that has not seen the question drops the answer. Medium: connections through the inspection VPC fail, and
only those between zones.

## Bad
```hcl
resource "aws_vpc" "inspection" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.inspection.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_network_interface" "a" {
  subnet_id         = aws_subnet.a.id
  source_dest_check = false
}

resource "aws_route_table" "a" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.a.id
  }
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.a.id
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.inspection.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_network_interface" "b" {
  subnet_id         = aws_subnet.b.id
  source_dest_check = false
}

resource "aws_route_table" "b" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.b.id
  }
}

resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.b.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "inspection" {
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
  vpc_id                 = aws_vpc.inspection.id
  subnet_ids             = [aws_subnet.a.id, aws_subnet.b.id]
}
```
```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Hub:
    Type: AWS::EC2::TransitGateway
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  BoxA:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref SubnetA, SourceDestCheck: false}
  RoutesA:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  ThroughA:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesA, DestinationCidrBlock: 0.0.0.0/0, NetworkInterfaceId: !Ref BoxA}
  TableOfA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref SubnetA, RouteTableId: !Ref RoutesA}
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
  BoxB:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref SubnetB, SourceDestCheck: false}
  RoutesB:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  ThroughB:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesB, DestinationCidrBlock: 0.0.0.0/0, NetworkInterfaceId: !Ref BoxB}
  TableOfB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref SubnetB, RouteTableId: !Ref RoutesB}
  Join:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties:
      TransitGatewayId: !Ref Hub
      VpcId: !Ref Vpc
      SubnetIds: [!Ref SubnetA, !Ref SubnetB]
```

## Good
```hcl
resource "aws_vpc" "inspection" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_ec2_transit_gateway" "hub" {
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.inspection.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_network_interface" "a" {
  subnet_id         = aws_subnet.a.id
  source_dest_check = false
}

resource "aws_route_table" "a" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.a.id
  }
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.a.id
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.inspection.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_network_interface" "b" {
  subnet_id         = aws_subnet.b.id
  source_dest_check = false
}

resource "aws_route_table" "b" {
  vpc_id = aws_vpc.inspection.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.b.id
  }
}

resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.b.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "inspection" {
  appliance_mode_support = "enable"
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
  vpc_id                 = aws_vpc.inspection.id
  subnet_ids             = [aws_subnet.a.id, aws_subnet.b.id]
}
```
```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Hub:
    Type: AWS::EC2::TransitGateway
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}
  BoxA:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref SubnetA, SourceDestCheck: false}
  RoutesA:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  ThroughA:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesA, DestinationCidrBlock: 0.0.0.0/0, NetworkInterfaceId: !Ref BoxA}
  TableOfA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref SubnetA, RouteTableId: !Ref RoutesA}
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b}
  BoxB:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref SubnetB, SourceDestCheck: false}
  RoutesB:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  ThroughB:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref RoutesB, DestinationCidrBlock: 0.0.0.0/0, NetworkInterfaceId: !Ref BoxB}
  TableOfB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref SubnetB, RouteTableId: !Ref RoutesB}
  Join:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties:
      TransitGatewayId: !Ref Hub
      VpcId: !Ref Vpc
      SubnetIds: [!Ref SubnetA, !Ref SubnetB]
      Options: {ApplianceModeSupport: enable}
```

## Fix
Turn appliance mode on for the attachment.

## References
- https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-appliance-scenario.html
"""

from collections.abc import Iterator

from nephograph.library.routing.tables import apart
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ec2_transit_gateway_attachment",
    severity=Severity.MEDIUM,
    topics=("network-segmentation", "high-availability"),
)
def transit_gateway_attachment_asymmetric(attachment: Resource, facts: Facts) -> Iterator[Bad]:
    """Appliance mode is off where it is needed."""
    for fault in apart(attachment, facts):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
