"""Encrypted parameter whose value stands in the code.

## What
The parameter is a SecureString, and its value is a literal of the code. The value is never shown.

## Why
Everybody who reads the repository, its history or the state has it: encryption protects nothing. High: a credential
in the clear.

## Bad
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/db_password"
  type  = "SecureString"
  value = "correct-horse-battery"
}
```

## Good
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/db_password"
  type  = "SecureString"
  value = var.password
}
variable "password" {
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
Put the value in by other means; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_ssm_parameter",
    severity=Severity.HIGH,
    topics=("secrets",),
    unspelled={"cloudformation": "a template cannot make a SecureString"},
)
def parameter_secret_in_code(parameter: Resource, facts: Facts) -> Iterator[Bad]:
    """Encrypted parameter whose value stands in the code."""
    given = test(parameter, "type", when=lambda on: on == "SecureString", says="type is {value}")
    bad = test(parameter, "in_code", when=lambda written: written is True, says="its value is a literal of the code")
    yield from bad_if(
        all_of((given, bad)), "in_code", message=f"the code holds the value of parameter {parameter.label}"
    )
