"""Auto Scaling group from a launch configuration.

## What
The group starts instances from a launch configuration. AWS has replaced them by launch templates, and new accounts
have none.

## Why
They know no new instance types and no newer settings. Low: it is upkeep.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  name                 = "web"
  max_size             = 4
  min_size             = 2
  launch_configuration = "web"
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  name     = "web"
  max_size = 4
  min_size = 2
  launch_template {
    name = "web"
  }
}
```

## Fix
Move to a launch template.

## References
- https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_autoscaling_group",
    severity=Severity.LOW,
    topics=("patching", "configuration-management"),
    tools=("CKV_AWS_315",),
)
def group_from_launch_configuration(group: Resource, facts: Facts) -> Iterator[Bad]:
    """The group starts instances from a launch configuration."""
    wrong = given(group, "launch_configuration", says="its launch configuration is {value}")
    yield from bad_if(
        wrong,
        "launch_configuration",
        message=f"group {group.label} starts from what AWS has replaced",
    )
