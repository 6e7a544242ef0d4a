"""Config recorder that leaves IAM out.

## What
The recorder does not record global resources, such as users and roles. One region of the account has to.

## Why
Who gained which rights, and when, cannot be told. Low: one region is enough, and another one may do it.

## Bad
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported                 = true
    include_global_resource_types = false
  }
}
```

## Good
```hcl
resource "aws_config_configuration_recorder" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}
```

## Fix
Record global resources in one region.

## References
- https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_config_configuration_recorder",
    severity=Severity.LOW,
    topics=("inventory", "configuration-management"),
    tools=("CKV2_AWS_48",),
)
def recorder_without_global(recorder: Resource, facts: Facts) -> Iterator[Bad]:
    """The recorder does not record global resources, such as users and roles."""
    wrong = test(
        recorder, "global_types", when=lambda on: on is not True, says="include_global_resource_types is {value}"
    )
    yield from bad_if(
        wrong,
        "global_types",
        message=f"recorder {recorder.label} leaves IAM out",
        fix=set_field(recorder, True, "global_types", title="record global resources"),
    )
