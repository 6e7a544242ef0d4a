"""Password policy that takes short passwords.

## What
Passwords of fewer than 14 characters are allowed.

## Why
Short passwords are guessed, once hashes or luck are at hand. Low: AWS slows guessing down.

## Bad
```hcl
resource "aws_iam_account_password_policy" "main" {
  minimum_password_length      = 8
  password_reuse_prevention    = 24
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

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_iam_account_password_policy",
    severity=Severity.LOW,
    topics=("authentication",),
    tools=("CKV_AWS_10", "AVD-AWS-0063"),
)
def password_policy_short(policy: Resource, facts: Facts) -> Iterator[Bad]:
    """Passwords of fewer than 14 characters are allowed."""
    wrong = test(policy, "minimum_length", when=lambda n: n < 14, says="its least length is {value}")
    yield from bad_if(
        wrong,
        "minimum_length",
        message="passwords may be short",
        fix=set_field(policy, 14, "minimum_length", title="ask for 14 characters"),
    )
