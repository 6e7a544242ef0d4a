"""Default security group with rules.

## What
The default group of a VPC has rules, although the code takes it over and could leave it empty.

## Why
Whatever is started without naming a group gets this one, with all it lets in and out. Low: the rules have to be wide
first.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol  = "-1"
    self      = true
    from_port = 0
    to_port   = 0
  }
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}
```

## Fix
Take every rule out of the default group, and name a group everywhere.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="aws_security_group",
    severity=Severity.LOW,
    topics=("network-segmentation",),
    tools=("CKV2_AWS_12", "AVD-AWS-0173"),
    unspelled={"cloudformation": "a template cannot take over the default group of a VPC"},
)
def group_default_with_rules(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Default security group with rules."""
    if group.get("name") != "default":
        return
    for direction in ("ingress", "egress"):
        if isinstance(group.get(direction), list) and group.get(direction):
            fact = Evidence.at(f"it has rules for {direction}", group, (direction,))
            yield Bad(
                message="the default security group has rules", verdict=yes(fact), path=(direction,), key="default"
            )
            return
