"""Resource all of whose changes are ignored.

## What
The lifecycle of a resource says `ignore_changes = all`. A list of some attributes is quiet.

## Why
Terraform makes the resource once and never again brings it to what the code says: whatever was changed by hand stays,
and fixes in the code do nothing.

## Bad
```hcl
resource "aws_sqs_queue" "jobs" {
  name = "jobs"

  lifecycle {
    ignore_changes = all
  }
}
```

## Good
```hcl
resource "aws_sqs_queue" "jobs" {
  name = "jobs"

  lifecycle {
    ignore_changes = [tags]
  }
}
```

## Fix
Name the attributes that something else manages.

## References
- https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_lifecycle",
    severity=Severity.LOW,
    topics=("configuration-management",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def changes_ignored(lifecycle: Resource, facts: Facts) -> Iterator[Bad]:
    """ignore_changes is all."""
    everything = test(lifecycle, "ignores_all", when=lambda every: every is True, says="ignore_changes is all")
    yield from bad_if(everything, "ignores_all", message=f"changes of {lifecycle.get('resource')} are all ignored")
