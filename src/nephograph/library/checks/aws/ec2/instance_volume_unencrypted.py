"""EC2 instance with a volume that is not encrypted.

## What
A volume that is written in the instance's own definition is not encrypted. (An account may encrypt new volumes by
default; code cannot show that.) An instance that says nothing of its volumes is quiet: its image decides.

## Why
A copied snapshot or a disk out of its machine is readable. Medium: somebody has to get at the storage first.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  root_block_device {
    volume_size = 20
    encrypted   = false
  }
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  root_block_device {
    volume_size = 20
    encrypted   = true
  }
}
```
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Fix
Encrypt it; an existing volume is replaced.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_instance", severity=Severity.MEDIUM, topics=("encryption-at-rest",), tools=("CKV_AWS_8", "AVD-AWS-0131")
)
def instance_volume_unencrypted(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the volumes in its definition is not encrypted."""
    for at in elements(instance, "volumes"):
        if instance.get(*at, "use") == "ephemeral":
            continue
        off = test(instance, *at, "encrypted", when=lambda on: on is not True, says="encrypted is {value}")
        yield from bad_if(off, *at, "encrypted", message=f"a volume of {instance.label} is not encrypted")
