"""Security group that lets every private network in to every port.

## What
A rule opens all ports to a whole private range (`10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`), and something uses
the group.

## Why
Whoever is in any network that is connected, now or later, reaches every port. Info: it takes somebody inside.

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
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/8"]
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
        - {IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIp: 10.0.0.0/8}
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
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.1.0/24"]
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
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
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
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
  Interface:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: subnet-11111111, GroupSet: [!Ref Group]}
```

## Fix
Name the security group of who has to get in, and the ports.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


@check(kind="aws_security_group", severity=Severity.INFO, topics=("network-segmentation",))
def group_open_to_all_private(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets every private network in to every port."""
    rules = group.get("ingress")
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict) or rule.get("protocol") != "all" or rule.get("cidr") not in _PRIVATE:
            continue
        if any(facts.holders(group, "has_security_group")):
            path = ("ingress", position, "cidr")
            fact = Evidence.at("the rule opens every port", group, path)
            name = group.label or group.address
            message = f"security group {name} lets {rule['cidr']} in to every port"
            yield Bad(message=message, verdict=yes(fact), path=path, key="private")
        return
