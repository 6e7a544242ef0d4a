"""Password policy that takes simple passwords.

## What
One of lowercase letters, uppercase letters, numbers and symbols is not asked for.

## Why
Simple passwords are among the first that are tried. Low: AWS slows guessing down.

## Bad
```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 14
  password_reuse_prevention    = 24
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = false
  max_password_age             = 90
}
```

## Good
```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 14
  password_reuse_prevention    = 24
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
  max_password_age             = 90
}
```

## Fix
Ask for all four.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_iam_account_password_policy",
    severity=Severity.LOW,
    topics=("authentication",),
    tools=(
        "CKV_AWS_11",
        "CKV_AWS_12",
        "CKV_AWS_14",
        "CKV_AWS_15",
        "AVD-AWS-0058",
        "AVD-AWS-0059",
        "AVD-AWS-0060",
        "AVD-AWS-0061",
    ),
)
def password_policy_simple(policy: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the four sorts of characters is not asked for."""
    for name in ("lowercase", "uppercase", "numbers", "symbols"):
        off = test(policy, name, when=lambda on: on is not True, says=f"{name} are not asked for")
        yield from bad_if(
            off,
            name,
            message=f"passwords need no {name}",
            fix=set_field(policy, True, name, title=f"ask for {name}"),
        )
