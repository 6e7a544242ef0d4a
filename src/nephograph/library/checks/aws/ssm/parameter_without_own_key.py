"""Encrypted parameter under a key of AWS.

## What
The parameter is a SecureString under `aws/ssm`: no KMS key is named.

## Why
Whoever may read the parameter may decrypt it; a key of one's own is a second lock. Info: encryption holds.

## Bad
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/pin"
  type  = "SecureString"
  value = var.pin
}
variable "pin" {
  type = string
}
```

## Good
```hcl
resource "aws_ssm_parameter" "one" {
  name   = "/app/pin"
  type   = "SecureString"
  value  = var.pin
  key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
variable "pin" {
  type = string
}
```
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/level"
  type  = "String"
  value = "debug"
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_ssm_parameter",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_337",),
    unspelled={"cloudformation": "a template cannot make a SecureString"},
)
def parameter_without_own_key(parameter: Resource, facts: Facts) -> Iterator[Bad]:
    """Encrypted parameter under a key of AWS."""
    given = test(parameter, "type", when=lambda on: on == "SecureString", says="type is {value}")
    bad = under_key_of_aws(parameter, "kms_key", facts=facts)
    yield from bad_if(
        all_of((given, bad)), "kms_key", message=f"parameter {parameter.label} is encrypted under a key of AWS"
    )
