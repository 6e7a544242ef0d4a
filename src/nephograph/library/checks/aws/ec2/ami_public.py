"""Machine image that everybody may start.

## What
The launch permission of the image names the group `all`.

## Why
Whatever is on the disk (code, keys, data) is handed out to whoever lists public images. Critical: it hands data to
anybody.

## Bad
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-11111111"
  }
}
resource "aws_ami_launch_permission" "all" {
  image_id = aws_ami.app.id
  group    = "all"
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
```hcl
resource "aws_ami" "app" {
  name             = "app"
  root_device_name = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = "snap-11111111"
  }
}
resource "aws_ami_launch_permission" "one" {
  image_id   = aws_ami.app.id
  account_id = "444455556666"
}
```

## Fix
Take the permission away and share with accounts.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import any_of


@check(kind="aws_ami", severity=Severity.CRITICAL, topics=("public-exposure",))
def ami_public(image: Resource, facts: Facts) -> Iterator[Bad]:
    """Machine image that everybody may start."""
    public = test(image, "public", when=lambda on: on is True, says="everybody may start it")
    named = test(
        image,
        "shared_with",
        when=lambda shared: isinstance(shared, list) and "all" in shared,
        says="its launch permission names all",
    )
    where = "shared_with" if named.possible and public.answer != "yes" else "public"
    yield from bad_if(any_of((public, named)), where, message=f"everybody may start image {image.label}")
