"""Security group nothing is in.

## What
No interface, no balancer, no database of what is seen here is in the group, and no rule of another group names it. The
default group of a VPC is quiet: it cannot be deleted.

## Why
It waits with whatever rules it has for somebody to reuse it without a look. Info: nothing is open through it today.

## Bad
```hcl
resource "aws_security_group" "old" {
  name   = "old"
  vpc_id = "vpc-0a1b2c3d"
}
```

## Good
```hcl
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_instance" "web" {
  ami                    = "ami-12345678"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.web.id]
}
```

## Fix
Delete it.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html
"""

from collections.abc import Iterator

from nephograph.library.routing.filters import unattached_groups
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_security_group", severity=Severity.INFO, topics=("network-segmentation", "inventory"))
def security_group_unattached(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Nothing is in it."""
    for fault in unattached_groups(group, facts):
        yield Bad(fault.message, fault.verdict, fault.path, key=fault.key)
