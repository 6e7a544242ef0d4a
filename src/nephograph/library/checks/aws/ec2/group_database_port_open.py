"""Security group that lets everybody in to databases.

## What
Ports on which databases listen are open to everybody by a rule of the group, and something uses the group. A group
that nothing uses is quiet; so is a rule that opens everything, which is a finding of its own, and a database that is
reached, which `aws-rds-database-exposed` tells.

## Why
A database is protected by one password then, and by no patch you forgot. Low as long as a route or an address is
missing; high where the network engine finds that the internet reaches what stands behind the group.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "x"
    protocol    = "tcp"
    from_port   = 1433
    to_port     = 1433
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_network_interface" "app" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.app.id]
}
```
```yaml
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: app
      VpcId: vpc-11111111
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 1433, ToPort: 1433, CidrIp: 0.0.0.0/0}
  Interface:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: subnet-11111111, GroupSet: [!Ref Group]}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "x"
    protocol    = "tcp"
    from_port   = 1433
    to_port     = 1433
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_network_interface" "app" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.app.id]
}
```
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "x"
    protocol    = "tcp"
    from_port   = 1433
    to_port     = 1433
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "x"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_network_interface" "app" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.app.id]
}
```
```yaml
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: app
      VpcId: vpc-11111111
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 1433, ToPort: 1433, CidrIp: 0.0.0.0/0}
```

## Fix
Let in your own addresses, or the security group of who has to get in.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from nephograph.library.rules import open_ports
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_PORTS = {
    1433: "SQL Server",
    1521: "Oracle",
    3306: "MySQL",
    5432: "PostgreSQL",
    5439: "Redshift",
    8123: "ClickHouse",
    9042: "Cassandra",
    27017: "MongoDB",
    50000: "Db2",
}


@check(kind="aws_security_group", severity=Severity.LOW, topics=("network-segmentation", "public-exposure"))
def group_database_port_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets everybody in to databases."""
    yield from open_ports(group, facts, _PORTS, told="aws_db_instance")
