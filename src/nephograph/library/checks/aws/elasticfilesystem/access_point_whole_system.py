"""EFS access point that shows the whole file system.

## What
The access point's root is `/`.

## Why
Every application behind it sees the files of all others. Low: it takes a role that may mount.

## Bad
```hcl
resource "aws_efs_access_point" "app" {
  file_system_id = "fs-11111111"
  posix_user {
    uid = 1000
    gid = 1000
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
Give every application a directory of its own.

## References
- https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_efs_access_point", severity=Severity.LOW, topics=("least-privilege",), tools=("CKV_AWS_329",))
def access_point_whole_system(point: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS access point that shows the whole file system."""
    bad = test(point, "path", when=lambda path: path in (None, "/"), says="its root is {value}")
    yield from bad_if(bad, "path", message=f"access point {point.label} shows the whole file system")
