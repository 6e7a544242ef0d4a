"""Permission set whose sessions last longer than a working day.

## What
Sessions may last more than eight hours.

## Why
Credentials that were stolen from a session work that long. Low: they have to be stolen first.

## Bad
```hcl
resource "aws_ssoadmin_permission_set" "ops" {
  name             = "ops"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
  session_duration = "PT12H"
}
```

## Good
```hcl
resource "aws_ssoadmin_permission_set" "ops" {
  name             = "ops"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
  session_duration = "PT4H"
}
```
```hcl
resource "aws_ssoadmin_permission_set" "ops" {
  name         = "ops"
  instance_arn = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"

}
```

## Fix
Four hours are enough for most work.

## References
- https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ssoadmin_permission_set", severity=Severity.LOW, topics=("authentication",))
def permission_set_session_long(permissions: Resource, facts: Facts) -> Iterator[Bad]:
    """Sessions may last more than eight hours."""
    wrong = test(
        permissions,
        "session_duration",
        when=lambda text: str(text) in ("PT9H", "PT10H", "PT11H", "PT12H"),
        says="sessions last {value}",
    )
    yield from bad_if(
        wrong,
        "session_duration",
        message=f"sessions of {permissions.label} outlast a working day",
        fix=set_field(permissions, "PT8H", "session_duration", title="end sessions after eight hours", safe=False),
    )
