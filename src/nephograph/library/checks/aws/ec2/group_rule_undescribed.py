"""Security group with a rule nobody explains.

## What
A rule that lets traffic in has no description. One finding a group.

## Why
Nobody dares to take away a rule whose reason is lost. Info.

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
}
resource "aws_network_interface" "app" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.app.id]
}
```

## Fix
Say in the rule who needs it.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="aws_security_group",
    severity=Severity.INFO,
    topics=("inventory", "network-segmentation"),
    tools=("CKV_AWS_23", "AVD-AWS-0124"),
)
def group_rule_undescribed(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group with a rule nobody explains."""
    rules = group.get("ingress")
    for position, rule in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(rule, dict) and rule.get("description") in (None, ""):
            path = ("ingress", position, "description")
            fact = Evidence.at("the rule has no description", group, path)
            name = group.label or group.address
            yield Bad(
                message=f"nobody explains a rule of security group {name}", verdict=yes(fact), path=path, key="rule"
            )
            return
