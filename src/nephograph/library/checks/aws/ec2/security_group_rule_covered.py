"""Security group rule that another rule of the group covers.

## What
Every packet the rule lets through is let through by a wider rule of the same group and direction. Rules that are not
known in full are not compared.

## Why
Whoever takes the rule away, or reads it, believes that it decides something. Info: nothing more is open through it.

## Bad
```hcl
resource "aws_security_group" "web" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.1.0/24"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 0
    to_port     = 1024
    cidr_blocks = ["10.0.0.0/16"]
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: vpc-0a1b2c3d
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.1.0/24}
        - {IpProtocol: tcp, FromPort: 0, ToPort: 1024, CidrIp: 10.0.0.0/16}
```

## Good
```hcl
resource "aws_security_group" "web" {
  vpc_id = "vpc-0a1b2c3d"
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.1.0/24"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 8443
    to_port     = 8443
    cidr_blocks = ["10.0.0.0/16"]
  }
}
```
```yaml
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: vpc-0a1b2c3d
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.1.0/24}
        - {IpProtocol: tcp, FromPort: 8443, ToPort: 8443, CidrIp: 10.0.0.0/16}
```

## Fix
Take one of the two away: the narrow one when the wide one is meant, the wide one when it is not.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from nephograph.library.routing.filters import covered_rules
from nephograph.library.sdk import Bad, check, left_open, remove
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_security_group", severity=Severity.INFO, topics=("network-segmentation",))
def security_group_rule_covered(group: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a rule that does nothing."""
    for way in ("ingress", "egress"):
        yield from left_open(group, way, message=f"a rule of {group.label or group.address} does nothing")
    for fault in covered_rules(group):
        yield Bad(
            fault.message,
            fault.verdict,
            fault.path,
            fix=remove(group, *fault.path, title="take the needless rule away"),
            key=fault.key,
        )
