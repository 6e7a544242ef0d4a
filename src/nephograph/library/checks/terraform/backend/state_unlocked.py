"""State that two runs may write at once.

## What
A backend of type s3 with neither `use_lockfile = true` (Terraform 1.10 and later) nor a table of DynamoDB. Other
backends lock by themselves.

## Why
Two runs at a time overwrite each other's state: resources are then forgotten, or made twice.

## Bad
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
  }
}
```

## Good
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
```
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
    dynamodb_table = "locks"
  }
}
```

## Fix
Write use_lockfile = true.

## References
- https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_backend",
    severity=Severity.LOW,
    topics=("configuration-management",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def state_unlocked(backend: Resource, facts: Facts) -> Iterator[Bad]:
    """The backend s3 has neither a lock file nor a lock table."""
    of_s3 = test(backend, "type", when=lambda type_: type_ == "s3", says="the backend is of type {value}")
    no_file = test(backend, "lock_file", when=lambda on: on is not True, says="use_lockfile is {value}")
    no_table = test(backend, "lock_table", when=lambda name: not name, says="dynamodb_table is {value}")
    yield from bad_if(
        all_of((of_s3, no_file, no_table)), "lock_file", message="nothing locks the state while it is written"
    )
