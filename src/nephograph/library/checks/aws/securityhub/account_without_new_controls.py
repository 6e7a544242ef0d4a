"""Security Hub that leaves new controls off.

## What
New controls of enabled standards are not enabled by themselves.

## Why
What AWS learns to look for is not looked for here until somebody asks. Info: some want to choose.

## Bad
```hcl
resource "aws_securityhub_account" "main" {
  auto_enable_controls = false
}
```

## Good
```hcl
resource "aws_securityhub_account" "main" {
  auto_enable_controls = true
}
```
```hcl
resource "aws_securityhub_account" "main" {

}
```

## Fix
Enable new controls.

## References
- https://docs.aws.amazon.com/securityhub/latest/userguide/controls-auto-enable.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_securityhub_account", severity=Severity.INFO, topics=("threat-detection",))
def account_without_new_controls(hub: Resource, facts: Facts) -> Iterator[Bad]:
    """New controls of enabled standards are not enabled by themselves."""
    wrong = test(hub, "auto_enable_controls", when=lambda on: on is False, says="auto_enable_controls is {value}")
    yield from bad_if(
        wrong,
        "auto_enable_controls",
        message="Security Hub leaves new controls off",
        fix=set_field(hub, True, "auto_enable_controls", title="enable new controls"),
    )
