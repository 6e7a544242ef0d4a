"""EBS volume that is not encrypted.

## What
`encrypted` of the volume is off. (An account may encrypt new volumes by default; code cannot show that, and the
finding says that it rests on the provider's default when nothing is written.)

## Why
A copied snapshot or a disk out of its machine is readable.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = false
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}
```

## Fix
Encrypt it; an existing volume is replaced by an encrypted copy.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ebs_volume", severity=Severity.MEDIUM, topics=("encryption-at-rest",), tools=("CKV_AWS_3", "AVD-AWS-0026")
)
def volume_unencrypted(volume: Resource, facts: Facts) -> Iterator[Bad]:
    """Encryption is not on."""
    off = test(volume, "encrypted", when=lambda on: on is not True, says="encrypted is {value}")
    yield from bad_if(
        off,
        "encrypted",
        message=f"volume {volume.label} is not encrypted",
        fix=set_field(volume, True, "encrypted", title="encrypt the volume (it is replaced)", safe=False),
    )
