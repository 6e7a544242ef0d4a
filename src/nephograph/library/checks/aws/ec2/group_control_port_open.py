"""Security group that lets everybody in to control planes.

## What
Ports that control machines, containers and clusters (Docker, etcd, kubelet, Consul, Nomad, Vault) are open to
everybody by a rule of the group, and something uses the group. A group that nothing uses is quiet; so is a rule that
opens everything, which is a finding of its own.

## Why
Whoever talks to them runs what they like. Low as long as a route or an address is missing; high where the network
engine finds that the internet reaches what stands behind the group.

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
    from_port   = 2375
    to_port     = 2375
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
        - {IpProtocol: tcp, FromPort: 2375, ToPort: 2375, CidrIp: 0.0.0.0/0}
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
    from_port   = 2375
    to_port     = 2375
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
    from_port   = 2375
    to_port     = 2375
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
        - {IpProtocol: tcp, FromPort: 2375, ToPort: 2375, CidrIp: 0.0.0.0/0}
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
    2375: "Docker",
    2376: "Docker over TLS",
    2379: "etcd",
    2380: "etcd peers",
    4646: "Nomad",
    8200: "Vault",
    8500: "Consul",
    10250: "kubelet",
    10255: "kubelet, read-only",
}


@check(kind="aws_security_group", severity=Severity.LOW, topics=("network-segmentation", "public-exposure"))
def group_control_port_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets everybody in to control planes."""
    yield from open_ports(group, facts, _PORTS)
