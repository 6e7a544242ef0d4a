"""Secret that is gone at once.

## What
The recovery window of the secret is 0 days: a deletion is immediate.

## Why
A slip, or an attacker, cuts off whatever needs the credential, and nothing brings it back. Low: it needs the right to
delete first.

## Bad
```hcl
resource "aws_secretsmanager_secret" "db" {
  name                    = "db"
  recovery_window_in_days = 0
}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "db" {
  name                    = "db"
  recovery_window_in_days = 7
}
```
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
```

## Fix
Keep a window of a week or more.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_secretsmanager_secret",
    severity=Severity.LOW,
    topics=("deletion-protection",),
    unspelled={"cloudformation": "a template says no recovery window"},
)
def secret_unrecoverable(secret: Resource, facts: Facts) -> Iterator[Bad]:
    """Secret that is gone at once."""
    bad = test(secret, "recovery_days", when=lambda days: days == 0, says="recovery_window_in_days is {value}")
    yield from bad_if(
        bad,
        "recovery_days",
        message=f"secret {secret.label} is gone at once when somebody deletes it",
        fix=set_field(secret, 30, "recovery_days", title="keep 30 days for recovery"),
    )
