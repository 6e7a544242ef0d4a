"""Machine image with a disk that is not encrypted.

## What
A disk of the image has encryption turned off.

## Why
Every instance started from it has such a disk, unless it says otherwise. Low: it takes somebody who can copy it.

## Bad
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-11111111"
    encrypted   = false
  }
}
```

## Good
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-11111111"
  }
}
```

## Fix
Copy the image with encryption.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_ami", severity=Severity.LOW, topics=("encryption-at-rest",), tools=("CKV_AWS_204",))
def ami_unencrypted(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Machine image with a disk that is not encrypted."""
    volumes = image.get("volumes")
    for position, volume in enumerate(volumes if isinstance(volumes, list) else ()):
        path = ("volumes", position, "encrypted")
        if isinstance(volume, dict) and volume.get("encrypted") is False and image.truth(*path) != "default":
            fact = Evidence.at("encrypted is false", image, path)
            name = str(volume.get("device"))
            yield Bad(
                message=f"disk {name} of image {image.label} is not encrypted", verdict=yes(fact), path=path, key=name
            )
