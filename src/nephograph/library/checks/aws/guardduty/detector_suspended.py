"""GuardDuty detector that is suspended.

## What
The detector is created and not enabled.

## Why
Nothing looks for intruders in this region. Medium: it hides them.

## Bad
```hcl
resource "aws_guardduty_detector" "main" {
  enable = false
}
```

## Good
```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}
```
```hcl
resource "aws_guardduty_detector" "main" {

}
```

## Fix
Enable it.

## References
- https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_guardduty_detector", severity=Severity.MEDIUM, topics=("threat-detection",), tools=("CKV_AWS_238",))
def detector_suspended(detector: Resource, facts: Facts) -> Iterator[Bad]:
    """The detector is created and not enabled."""
    wrong = test(detector, "enabled", when=lambda on: on is False, says="enable is {value}")
    yield from bad_if(
        wrong,
        "enabled",
        message="the GuardDuty detector looks for nothing",
        fix=set_field(detector, True, "enabled", title="look for intruders again"),
    )
