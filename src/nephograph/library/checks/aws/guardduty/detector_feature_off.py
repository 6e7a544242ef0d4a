"""GuardDuty detector with a protection turned off.

## What
A feature is named and is disabled, such as S3 events, audit logs of Kubernetes or malware in volumes. What is not
named is quiet.

## Why
What the feature would see goes unseen. Low: the base of GuardDuty is on.

## Bad
```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.main.id
  name        = "S3_DATA_EVENTS"
  status      = "DISABLED"
}
```
```yaml
Resources:
  Main:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features: [{Name: S3_DATA_EVENTS, Status: DISABLED}]
```

## Good
```hcl
resource "aws_guardduty_detector" "main" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.main.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}
```
```yaml
Resources:
  Main:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features: [{Name: S3_DATA_EVENTS, Status: ENABLED}]
```

## Fix
Enable it.

## References
- https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_guardduty_detector", severity=Severity.LOW, topics=("threat-detection",))
def detector_feature_off(detector: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the named features is off."""
    for at in elements(detector, "features"):
        off = test(detector, *at, "enabled", when=lambda on: on is False, says="it is disabled")
        yield from bad_if(off, *at, "enabled", message=f"GuardDuty does not watch {detector.get(*at, 'name')}")
