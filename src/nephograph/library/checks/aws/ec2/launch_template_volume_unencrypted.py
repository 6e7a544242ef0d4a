"""Launch template with a volume that is not encrypted.

## What
A volume of the template is not encrypted. (An account may encrypt new volumes by default; code cannot show that.)

## Why
A copied snapshot or a disk out of its machine is readable. Medium: somebody has to get at the storage first.

## Bad
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      encrypted   = false
    }
  }
}
```

## Good
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      encrypted   = true
    }
  }
}
```

## Fix
Encrypt it.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_launch_template", severity=Severity.MEDIUM, topics=("encryption-at-rest",), tools=("CKV_AWS_8",))
def launch_template_volume_unencrypted(template: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the volumes is not encrypted."""
    for volume in (path for at in elements(template, "versions") for path in elements(template, *at, "volumes")):
        if template.get(*volume, "use") == "ephemeral":
            continue
        off = test(template, *volume, "encrypted", when=lambda on: on is not True, says="encrypted is {value}")
        yield from bad_if(off, *volume, "encrypted", message=f"a volume of {template.label} is not encrypted")
