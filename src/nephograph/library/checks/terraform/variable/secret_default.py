"""Variable for a secret with a default.

## What
A variable that is named like a secret, or marked sensitive, has a default that is written in the code. Defaults that
stand for nothing (null, an empty text, list or object) are quiet.

## Why
The default is a secret that everybody has who can read the code; and who forgets to give another one uses it.

## Bad
```hcl
variable "db_password" {
  type      = string
  sensitive = true
  default   = "change-me-soon"
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
variable "db_password" {
  type      = string
  sensitive = true
  default   = null
}
```

## Fix
Take the default out: whoever runs the configuration gives the value.

## References
- https://developer.hashicorp.com/terraform/language/block/variable#default
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of


@check(
    kind="terraform_variable",
    severity=Severity.LOW,
    topics=("secrets",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def secret_default(variable: Resource, facts: Facts) -> Iterator[Bad]:
    """A variable for a secret has a default."""
    named = test(variable, "secret_name", when=lambda named: named is True, says="its name speaks of a secret")
    marked = test(variable, "sensitive", when=lambda on: on is True, says="it is marked sensitive")
    has = test(variable, "holds_default", when=lambda has: has is True, says="it has a default")
    text = test(variable, "type", when=lambda type_: type_ != "bool", says="it is of type {value}")
    verdict = all_of((any_of((named, marked)), has, text))
    yield from bad_if(
        verdict, "holds_default", message=f"the default of variable {variable.label} is written in the code"
    )
