"""EBS volume of an old type.

## What
The volume's type is gp2, io1 or standard. gp3 and io2 do the same for less; a volume that says nothing is made gp2.

## Why
It costs more for less. Info: it costs money.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
  type              = "gp2"
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
  type              = "gp3"
}
```

## Fix
Change the type: it needs no downtime.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


@check(kind="aws_ebs_volume", severity=Severity.INFO, topics=("cost",))
def volume_previous_generation(volume: Resource, facts: Facts) -> Iterator[Bad]:
    """The type has a successor."""
    successor = {"gp2": "gp3", "standard": "gp3", "io1": "io2"}
    said = volume.get("type")
    old = test(volume, "type", when=lambda name: name in successor, says="its type is {value}")
    yield from bad_if(
        old,
        "type",
        message=f"{volume.label} is of an old type",
        fix=None
        if is_unknown(said) or said not in successor
        else set_field(volume, successor[said], "type", title=f"make it {successor[said]}", safe=False),
    )
