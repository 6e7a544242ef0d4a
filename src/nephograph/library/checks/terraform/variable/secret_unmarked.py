"""Variable for a secret that is not marked sensitive.

## What
A variable that is named like a secret (`db_password`, `api_key`) and is neither `sensitive` nor `ephemeral`. A name
that ends in `_arn`, `_id` or `_name` speaks of a place and is quiet, and so is a flag.

## Why
Terraform prints its value in plans and applies, which logs of pipelines keep.

## Bad
```hcl
variable "db_password" {
  type = string
}
```

## Good
```hcl
variable "db_password" {
  type      = string
  sensitive = true
}
```
```hcl
variable "create_password" {
  type = bool
}
```

## Fix
Write sensitive = true, or ephemeral = true where it need not be kept.

## References
- https://developer.hashicorp.com/terraform/language/block/variable#sensitive
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_variable",
    severity=Severity.LOW,
    topics=("secrets",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def secret_unmarked(variable: Resource, facts: Facts) -> Iterator[Bad]:
    """A variable named like a secret is not sensitive."""
    named = test(variable, "secret_name", when=lambda named: named is True, says="its name speaks of a secret")
    shown = test(variable, "sensitive", when=lambda on: on is not True, says="sensitive is {value}")
    kept = test(variable, "ephemeral", when=lambda on: on is not True, says="ephemeral is {value}")
    text = test(variable, "type", when=lambda type_: type_ != "bool", says="it is of type {value}")
    yield from bad_if(all_of((named, shown, kept, text)), "sensitive", message=f"plans print variable {variable.label}")
