"""Bedrock guardrail that no key of yours encrypts.

## What
No KMS key is named for the guardrail.

## Why
What you filter for, with the words and patterns of it, stands under no key of yours. Low: Bedrock encrypts it.

## Bad
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."
}
```

## Good
```hcl
resource "aws_bedrock_guardrail" "desk" {
  name                      = "desk"
  blocked_input_messaging   = "This cannot be asked."
  blocked_outputs_messaging = "This cannot be answered."
  kms_key_arn               = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-kms.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrock_guardrail",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
)
def guardrail_unkeyed(guardrail: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key of yours is named."""
    wrong = under_key_of_aws(guardrail, "kms_key", facts=facts)
    yield from bad_if(wrong, "kms_key", message=f"guardrail {guardrail.label} is encrypted with no key of yours")
