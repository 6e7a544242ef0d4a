"""Password policy that takes old passwords again.

## What
The last 24 passwords of a person may be used again.

## Why
Who has to change a password takes the last one, which may have leaked. Low: it has to have leaked.

## Bad
```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 14
  password_reuse_prevention    = 2
  require_lowercase_characters = true
  require_uppercase_characters = true
  require_numbers              = true
  require_symbols              = true
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
Ask for it.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_iam_account_password_policy",
    severity=Severity.LOW,
    topics=("authentication",),
    tools=("CKV_AWS_13", "AVD-AWS-0056"),
)
def password_policy_reuses(policy: Resource, facts: Facts) -> Iterator[Bad]:
    """The last 24 passwords of a person may be used again."""
    wrong = test(policy, "reuse_prevention", when=lambda n: n is None or n < 24, says="it remembers {value} passwords")
    yield from bad_if(wrong, "reuse_prevention", message="old passwords may be used again")
