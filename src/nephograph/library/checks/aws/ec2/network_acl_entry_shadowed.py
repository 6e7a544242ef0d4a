"""Network ACL rule that can never match.

## What
Rules with lower numbers decide all traffic the rule speaks of, alone or together. Lists with a rule that is not known
are not judged.

## Why
A deny behind the allow it was meant to narrow denies nothing. Low: the list says less than it seems to.

## Bad
```hcl
resource "aws_network_acl" "app" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.0.0.0/8"
  }
  ingress {
    rule_no    = 200
    action     = "deny"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.9.0.0/16"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}
```
```yaml
Resources:
  App:
    Type: AWS::EC2::NetworkAcl
    Properties: {VpcId: vpc-0a1b2c3d}
  Entry0:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 100
      RuleAction: allow
      Egress: false
      Protocol: 6
      PortRange: {From: 443, To: 443}
      CidrBlock: 10.0.0.0/8
  Entry1:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 200
      RuleAction: deny
      Egress: false
      Protocol: 6
      PortRange: {From: 443, To: 443}
      CidrBlock: 10.9.0.0/16
  Entry2:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 100
      RuleAction: allow
      Egress: true
      Protocol: 6
      PortRange: {From: 1024, To: 65535}
      CidrBlock: 0.0.0.0/0
```

## Good
```hcl
resource "aws_network_acl" "app" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.9.0.0/16"
  }
  ingress {
    rule_no    = 200
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "10.0.0.0/8"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 1024
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}
```
```yaml
Resources:
  App:
    Type: AWS::EC2::NetworkAcl
    Properties: {VpcId: vpc-0a1b2c3d}
  Entry0:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 100
      RuleAction: deny
      Egress: false
      Protocol: 6
      PortRange: {From: 443, To: 443}
      CidrBlock: 10.9.0.0/16
  Entry1:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 200
      RuleAction: allow
      Egress: false
      Protocol: 6
      PortRange: {From: 443, To: 443}
      CidrBlock: 10.0.0.0/8
  Entry2:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref App
      RuleNumber: 100
      RuleAction: allow
      Egress: true
      Protocol: 6
      PortRange: {From: 1024, To: 65535}
      CidrBlock: 0.0.0.0/0
```

## Fix
Give the rule a lower number than what decides before it, or take it away.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
"""

from collections.abc import Iterator

from nephograph.library.routing.filters import shadowed_entries
from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_network_acl", severity=Severity.LOW, topics=("network-segmentation",))
def network_acl_entry_shadowed(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a rule."""
    for way in ("ingress", "egress"):
        yield from left_open(acl, way, message=f"a rule of {acl.label or acl.address} can never match")
    for fault in shadowed_entries(acl):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
