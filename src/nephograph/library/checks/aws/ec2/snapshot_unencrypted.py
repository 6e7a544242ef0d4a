"""EBS snapshot that is not encrypted.

## What
The snapshot is not encrypted; a copy is by its own word, another by the volume it was made of.

## Why
Whoever may copy it reads the disk. Medium: it takes somebody who can.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = false
}
resource "aws_ebs_snapshot" "old" {
  volume_id = aws_ebs_volume.data.id
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = true
}
resource "aws_ebs_snapshot" "old" {
  volume_id = aws_ebs_volume.data.id
}
```
```hcl
resource "aws_ebs_snapshot" "old" {
  volume_id = "vol-11111111"
}
```

## Fix
Make an encrypted copy and delete this one.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


def _message(snapshot: Resource) -> str:
    return f"snapshot {snapshot.label or snapshot.address} is not encrypted"


@check(kind="aws_ebs_snapshot", severity=Severity.MEDIUM, topics=("encryption-at-rest",))
def snapshot_unencrypted(snapshot: Resource, facts: Facts) -> Iterator[Bad]:
    """EBS snapshot that is not encrypted."""
    said = snapshot.get("encrypted")
    volumes = facts.attached(snapshot, "made_from", "aws_ebs_volume")
    if said is False:
        yield from bad_if(
            yes(Evidence.at("encrypted is false", snapshot, ("encrypted",))), "encrypted", message=_message(snapshot)
        )
    elif said is not True and volumes:
        of_it = test(volumes[0], "encrypted", when=lambda on: on is False, says="its volume is not encrypted")
        yield from bad_if(of_it, "volume", message=_message(snapshot))
