"""EBS volume that pays for IOPS a cheaper type has.

## What
A provisioned-IOPS volume (io1, io2) asks for no more than 3000 operations a second: gp3 has so many without a charge.

## Why
It costs several times as much. Info: it costs money, and io2 promises more durability.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
  type              = "io2"
  iops              = 2000
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
  type              = "io2"
  iops              = 20000
}
```

## Fix
Use gp3.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_ebs_volume", severity=Severity.INFO, topics=("cost",))
def volume_iops_overpaid(volume: Resource, facts: Facts) -> Iterator[Bad]:
    """Its IOPS are within what the general type includes."""
    paid = test(volume, "type", when=lambda name: name in ("io1", "io2"), says="its type is {value}")
    few = test(volume, "iops", when=lambda n: n is not None and n <= 3000, says="it asks for {value} IOPS")
    yield from bad_if(all_of((paid, few)), "iops", message=f"{volume.label} pays for IOPS that gp3 has for nothing")
