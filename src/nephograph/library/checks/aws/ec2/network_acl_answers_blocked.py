"""Network ACL that lets connections in and no answer out.

## What
A rule allows connections, and the other direction allows none of the ports 1024 to 65535 for the same addresses, so
that no answer gets back. A list is stateless: it does not know that the packet is an answer. The same holds of
connections that go out. What answers some clients and not others is not a finding: `neph reach` tells which.

## Why
The rule allows nothing that works. Low: nothing is open.

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
  egress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 0
    to_port    = 65535
    cidr_block = "10.0.0.0/8"
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
      RuleNumber: 100
      RuleAction: deny
      Egress: true
      Protocol: 6
      PortRange: {From: 0, To: 65535}
      CidrBlock: 10.0.0.0/8
```

## Good
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
      RuleNumber: 100
      RuleAction: allow
      Egress: true
      Protocol: 6
      PortRange: {From: 1024, To: 65535}
      CidrBlock: 0.0.0.0/0
```

## Fix
Allow the ports of clients, 1024 to 65535, in the other direction.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
"""

from collections.abc import Iterator

from nephograph.library.routing.filters import blocked_answers
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_network_acl", severity=Severity.LOW, topics=("network-segmentation",))
def network_acl_answers_blocked(acl: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a rule."""
    for fault in blocked_answers(acl):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
