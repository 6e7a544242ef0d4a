"""GuardDuty detector that tells of updates every six hours.

## What
Updated findings are published every six hours, which is what AWS does when nothing is said. (New findings come within
minutes in any case.)

## Why
Somebody who comes back is noticed late by what listens to events. Info: new findings are quick.

## Bad
```hcl
resource "aws_guardduty_detector" "main" {

}
```

## Good
```hcl
resource "aws_guardduty_detector" "main" {
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}
```

## Fix
Publish every fifteen minutes.

## References
- https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_guardduty_detector", severity=Severity.INFO, topics=("threat-detection",))
def detector_slow(detector: Resource, facts: Facts) -> Iterator[Bad]:
    """Updated findings are published every six hours, which is what AWS does when nothing is said."""
    wrong = test(detector, "frequency", when=lambda name: name in (None, "SIX_HOURS"), says="its frequency is {value}")
    yield from bad_if(
        wrong,
        "frequency",
        message="updates of findings come every six hours",
    )
