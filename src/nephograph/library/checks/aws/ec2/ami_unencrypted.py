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

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown


@check(kind="aws_ami", severity=Severity.LOW, topics=("encryption-at-rest",), tools=("CKV_AWS_204",))
def ami_unencrypted(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Machine image with a disk that is not encrypted."""
    for at in elements(image, "volumes"):
        path = (*at, "encrypted")
        said = image.get(*path)
        if image.truth(*path) == "default" or (isinstance(said, Unknown) and said.reason is Reason.NOT_SEEN):
            continue  # the snapshot decides, here or elsewhere
        plain = test(image, *path, when=lambda on: on is False, says="encrypted is {value}")
        name = str(image.get(*at, "device"))
        if plain.possible:
            yield Bad(f"disk {name} of image {image.label} is not encrypted", plain, path, key=name)
