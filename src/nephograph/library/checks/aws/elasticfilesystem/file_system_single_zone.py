"""EFS file system in one zone.

## What
The file system is of the One Zone sort.

## Why
When the zone is lost, so are the files. Low: it lets nobody in, and it costs half.

## Bad
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token         = "shared"
  availability_zone_name = "eu-west-1a"
}
```

## Good
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
}
```

## Fix
Make a regional one and move the files, unless they can be made again.

## References
- https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_efs_file_system", severity=Severity.LOW, topics=("high-availability",))
def file_system_single_zone(files: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS file system in one zone."""
    bad = test(files, "availability_zone", when=lambda zone: zone is not None, says="it stands in {value} alone")
    yield from bad_if(bad, "availability_zone", message=f"file system {files.label} stands in one zone")
