"""Role whose sessions last longer than a working day.

## What
Sessions of the role may last more than eight hours.

## Why
Credentials that were stolen from a session work that long. Low: they have to be stolen first.

## Bad
```hcl
resource "aws_iam_role" "ops" {
  name                 = "ops"
  max_session_duration = 43200
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "ops" {
  name                 = "ops"
  max_session_duration = 28800
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
```
```hcl
resource "aws_iam_role" "ops" {
  name = "ops"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
```

## Fix
Four hours are enough for most work.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_role", severity=Severity.LOW, topics=("authentication",))
def role_session_long(role: Resource, facts: Facts) -> Iterator[Bad]:
    """Sessions of the role may last more than eight hours."""
    wrong = test(
        role,
        "max_session_seconds",
        when=lambda seconds: seconds is not None and seconds > 28800,
        says="its sessions last {value} seconds at most",
    )
    yield from bad_if(
        wrong,
        "max_session_seconds",
        message=f"sessions of {role.label} outlast a working day",
        fix=set_field(role, 28800, "max_session_seconds", title="end sessions after eight hours", safe=False),
    )
