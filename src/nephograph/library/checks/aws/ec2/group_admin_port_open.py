"""Security group that lets everybody in to administration.

## What
Ports by which machines are administered (SSH, RDP, WinRM, VNC) are open to everybody by a rule of the group, and
something uses the group. A group that nothing uses is quiet; so is a rule that opens everything, which is a finding
of its own, and an instance that is reached, which `aws-ec2-instance-admin-port-exposed` tells.

## Why
Passwords are guessed and holes of these services tried within minutes of an address going up. Low as long as a route
or an address is missing; high where the network engine finds that the internet reaches what stands behind the group.

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
    from_port   = 22
    to_port     = 22
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
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
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
    from_port   = 22
    to_port     = 22
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
    from_port   = 22
    to_port     = 22
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
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
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

_PORTS = {22: "SSH", 3389: "RDP", 5900: "VNC", 5985: "WinRM", 5986: "WinRM over TLS"}


@check(
    kind="aws_security_group",
    severity=Severity.LOW,
    topics=("network-segmentation", "public-exposure"),
    tools=("CKV_AWS_24", "CKV_AWS_25", "AVD-AWS-0107"),
)
def group_admin_port_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets everybody in to administration."""
    yield from open_ports(group, facts, _PORTS, told="aws_instance")
