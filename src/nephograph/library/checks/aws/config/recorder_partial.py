"""Config recorder that leaves resources out.

## What
The recorder does not record all types of resources. One that excludes some by a strategy is found as well.

## Why
What changed there, and when, cannot be told. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported  = false
    resource_types = ["AWS::EC2::Instance"]
  }
}
```

## Good
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported = true
  }
}
```
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"

}
```

## Fix
Record all types.

## References
- https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_config_configuration_recorder",
    severity=Severity.LOW,
    topics=("inventory", "configuration-management"),
    tools=("AVD-AWS-0019",),
)
def recorder_partial(recorder: Resource, facts: Facts) -> Iterator[Bad]:
    """The recorder does not record all types of resources."""
    wrong = test(recorder, "all_types", when=lambda on: on is not True, says="all_supported is {value}")
    yield from bad_if(
        wrong,
        "all_types",
        message=f"recorder {recorder.label} leaves resources out",
    )
