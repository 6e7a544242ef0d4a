"""EC2 instance of a previous generation.

## What
The instance's type belongs to a family that AWS lists as a previous generation, or that a newer one of the same size
and a lower price follows.

## Why
It costs more for less, and some lack encryption of memory and of the network. Info: it costs money.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t2.micro"
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
```

## Fix
Take the newest family that your image runs on.

## References
- https://docs.aws.amazon.com/ec2/latest/instancetypes/pg.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

# The generation has a successor that does more for less: AWS's page of previous generations.
_OLD = {"a1", "c1", "c3", "c4", "cc2", "cr1", "d2", "g2", "g3", "h1", "hs1", "i2", "i3", "m1", "m2", "m3", "m4", "p2"}
_OLD |= {"r3", "r4", "t1", "t2", "x1", "x1e"}


@check(kind="aws_instance", severity=Severity.INFO, topics=("cost",))
def instance_previous_generation(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """EC2 instance of a previous generation."""
    wrong = test(
        instance, "instance_type", when=lambda name: str(name).partition(".")[0] in _OLD, says="its type is {value}"
    )
    yield from bad_if(
        wrong,
        "instance_type",
        message=f"{instance.label} runs on an old generation",
    )
