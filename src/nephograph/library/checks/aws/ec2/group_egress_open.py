"""Security group that lets everything out.

## What
A rule of the group lets all traffic out to everywhere, and something uses the group. It is what AWS gives to a group
by itself.

## Why
Who gets in can send out what they find, and fetch what they need. Info: it takes somebody inside.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  egress {
    description = "x"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
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
      SecurityGroupEgress:
        - {IpProtocol: "-1", CidrIp: 0.0.0.0/0}
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
  egress {
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
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
  egress {
    description = "x"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
```
```yaml
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: app
      VpcId: vpc-11111111
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}
  Interface:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: subnet-11111111, GroupSet: [!Ref Group]}
```

## Fix
Let out what is needed: HTTPS, or endpoints of the VPC.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="aws_security_group",
    severity=Severity.INFO,
    topics=("network-segmentation",),
    tools=("CKV_AWS_382", "AVD-AWS-0104"),
)
def group_egress_open(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that lets everything out."""
    rules = group.get("egress")
    if any(facts.holders(group, "has_security_group")):
        yield from left_open(
            group, "egress", message=f"security group {group.label or group.address} lets everything out"
        )
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict) or rule.get("protocol") != "all" or rule.get("cidr") not in ("0.0.0.0/0", "::/0"):
            continue
        if any(facts.holders(group, "has_security_group")):
            path = ("egress", position, "cidr")
            fact = Evidence.at("the rule lets everything out", group, path)
            name = group.label or group.address
            yield Bad(message=f"security group {name} lets everything out", verdict=yes(fact), path=path, key="egress")
        return
