"""Security group that nothing uses.

## What
Nothing in the estate has the group, and no rule of another group names it. The default group of a VPC is quiet. Where
something has groups that are not known (those of another state), it is left open.

## Why
Rules that guard nothing are read in every review, and are used one day as they are. Info: something elsewhere may use
it.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
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
}
resource "aws_network_interface" "app" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.app.id]
}
```

## Fix
Delete it.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, all_of, yes


@check(kind="aws_security_group", severity=Severity.INFO, topics=("inventory", "cost"), tools=("CKV2_AWS_5",))
def group_unused(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group that nothing uses."""
    if group.get("name") == "default":
        return
    if any(facts.holders(group, edge) for edge in ("has_security_group", "lets_in", "lets_out", "refers_to")):
        return
    unused = yes(Evidence.at("nothing of the estate has it", group, ()))
    loose = next(iter(facts.query("names_unknown", (None, "security_groups"))), None)
    yield Bad(
        message=f"nothing uses security group {group.label or group.address}",
        verdict=all_of((unused, loose.verdict)) if loose else unused,
    )
