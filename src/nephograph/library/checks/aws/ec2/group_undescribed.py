"""Security group nobody explains.

## What
The group's description is missing, or the one that Terraform puts in its place. Words that
hold a variable are words.

## Why
A description cannot be changed later; nobody dares to take away a group whose reason is lost. Info.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
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
Say what the group is for when it is made.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown


@check(
    kind="aws_security_group",
    severity=Severity.INFO,
    topics=("inventory",),
    tools=("AVD-AWS-0099",),
    unspelled={"cloudformation": "a template has to describe a group"},
)
def group_undescribed(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Security group nobody explains."""
    if group.get("name") == "default":
        return  # AWS describes it
    words = group.get("description")
    if isinstance(words, Unknown) and words.parts:
        return  # put together by whoever wrote it
    said = test(
        group,
        "description",
        when=lambda words: words in (None, "", "Managed by Terraform"),
        says="its description is {value}",
    )
    yield from bad_if(said, "description", message=f"nobody explains security group {group.label or group.address}")
