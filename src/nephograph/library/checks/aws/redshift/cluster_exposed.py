"""Redshift cluster that the internet reaches.

## What
The cluster has a public address, its subnets have a route to an internet gateway, and its security groups let the
internet in: all three.

## Why
A warehouse is protected by one password then. Critical: it holds everything, and it is open to anybody.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "db" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 5439
    to_port     = 5439
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_redshift_subnet_group" "facts" {
  name       = "facts"
  subnet_ids = [aws_subnet.a.id]
}

resource "aws_redshift_cluster" "facts" {
  cluster_identifier        = "facts"
  node_type                 = "ra3.large"
  encrypted                 = true
  publicly_accessible       = true
  cluster_subnet_group_name = aws_redshift_subnet_group.facts.name
  vpc_security_group_ids    = [aws_security_group.db.id]
}
```
```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}
  Routes:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Out:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Routes}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: from anywhere
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 5439, ToPort: 5439, CidrIp: 0.0.0.0/0}
  Subnets:
    Type: AWS::Redshift::ClusterSubnetGroup
    Properties: {Description: facts, SubnetIds: [!Ref Subnet]}
  Facts:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterIdentifier: facts
      ClusterType: single-node
      DBName: facts
      NodeType: ra3.large
      MasterUsername: owner
      ManageMasterPassword: true
      Encrypted: true
      PubliclyAccessible: true
      ClusterSubnetGroupName: !Ref Subnets
      VpcSecurityGroupIds: [!Ref Group]
```

## Good
```hcl
resource "aws_redshift_cluster" "facts" {
  cluster_identifier  = "facts"
  node_type           = "ra3.large"
  encrypted           = true
  publicly_accessible = false
}
```
```yaml
Resources:
  Facts:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterIdentifier: facts
      ClusterType: single-node
      DBName: facts
      NodeType: ra3.large
      MasterUsername: owner
      ManageMasterPassword: true
      Encrypted: true
      PubliclyAccessible: false
```

## Fix
Turn the public address off and let only your own security groups in.

## References
- https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_redshift_cluster", severity=Severity.CRITICAL, topics=("public-exposure",))
def cluster_exposed(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Redshift cluster that the internet reaches."""
    exposures = sorted((e for e in facts.exposed(cluster) if e.everybody), key=lambda e: e.verdict.answer != "yes")
    if exposures:
        yield Bad(
            message=f"cluster {cluster.label} is reachable from the internet on {exposures[0].ports}",
            verdict=exposures[0].verdict,
            path=("public",),
        )
