"""EC2 instance that is measured every five minutes.

## What
Detailed monitoring is off.

## Why
A peak, or a miner, of a few minutes is not seen. Info: basic metrics are there.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  monitoring    = true
}
```

## Fix
Turn detailed monitoring on where you scale or alarm by it.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_instance", severity=Severity.INFO, topics=("monitoring",), tools=("CKV_AWS_126",))
def instance_unmonitored(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """Detailed monitoring is off."""
    wrong = test(instance, "monitoring", when=lambda on: on is not True, says="monitoring is {value}")
    yield from bad_if(
        wrong,
        "monitoring",
        message=f"{instance.label} is measured every five minutes",
        fix=set_field(instance, True, "monitoring", title="measure every minute", safe=False),
    )
