"""EBS volume that no instance uses.

## What
Nothing in the estate attaches the volume.

## Why
It is paid for, and its data is forgotten. Info: something elsewhere may attach it.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.web.id
  volume_id   = aws_ebs_volume.data.id
}
```

## Fix
Attach it, or keep a snapshot and delete it.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_ebs_volume", severity=Severity.INFO, topics=("cost",))
def volume_unattached(volume: Resource, facts: Facts) -> Iterator[Bad]:
    """EBS volume that no instance uses."""
    if not any(facts.holders(volume, edge) for edge in ("uses_volume", "refers_to")):
        fact = Evidence.at("no instance of the estate attaches it", volume, ())
        yield Bad(message=f"no instance uses volume {volume.label}", verdict=yes(fact))
