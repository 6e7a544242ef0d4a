"""EFS access point that lets clients say who they are.

## What
The access point enforces no user: the client's own user and group ids count.

## Why
Root on any client is root on the files. Low: it takes a role that may mount.

## Bad
```hcl
resource "aws_efs_access_point" "app" {
  file_system_id = "fs-11111111"
  root_directory {
    path = "/app"
  }
}
```

## Good
```hcl
resource "aws_efs_access_point" "app" {
  file_system_id = "fs-11111111"
  root_directory {
    path = "/app"
  }
  posix_user {
    uid = 1000
    gid = 1000
  }
}
```

## Fix
Enforce a user and a group.

## References
- https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_efs_access_point", severity=Severity.LOW, topics=("least-privilege",), tools=("CKV_AWS_330",))
def access_point_any_user(point: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS access point that lets clients say who they are."""
    bad = test(point, "uid", when=lambda uid: uid is None, says="its user is {value}")
    yield from bad_if(bad, "uid", message=f"clients of access point {point.label} say themselves who they are")
