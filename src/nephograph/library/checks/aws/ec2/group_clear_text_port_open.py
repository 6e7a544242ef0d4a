"""Security group that lets everybody in to protocols in clear text.

## What
Ports of protocols that send passwords in the clear (Telnet, FTP, LDAP, the r-commands) are open to everybody by a
rule of the group, and something uses the group. A group that nothing uses is quiet; so is a rule that opens
everything, which is a finding of its own.

## Why
Passwords are read on the way, and then used. Low as long as a route or an address is missing; high where the network
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
    from_port   = 20
    to_port     = 20
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
        - {IpProtocol: tcp, FromPort: 20, ToPort: 20, CidrIp: 0.0.0.0/0}
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
    from_port   = 20
    to_port     = 20
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
    from_port   = 20
    to_port     = 20
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
        - {IpProtocol: tcp, FromPort: 20, ToPort: 20, CidrIp: 0.0.0.0/0}
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

_PORTS = {20: "FTP data", 21: "FTP", 23: "Telnet", 389: "LDAP", 512: "rexec", 513: "rlogin", 514: "rsh"}


@check(kind="aws_security_group", severity=Severity.LOW, topics=("network-segmentation", "public-exposure"))
def group_clear_text_port_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets everybody in to protocols in clear text."""
    yield from open_ports(group, facts, _PORTS)
