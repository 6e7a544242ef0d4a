"""State in a file beside the code.

## What
A backend of type local: what a root module has, too, that names no backend; that one says nothing and is quiet here.

## Why
The file is on one machine, in the clear, and easily committed. Nobody else can run the configuration safely.

## Bad
```hcl
terraform {
  backend "local" {
    path = "terraform.tfstate"
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

## Fix
Keep the state in a backend that is shared, locked and encrypted.

## References
- https://developer.hashicorp.com/terraform/language/backend/local
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_backend",
    severity=Severity.LOW,
    topics=("configuration-management",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def state_local(backend: Resource, facts: Facts) -> Iterator[Bad]:
    """The backend is of type local."""
    local = test(backend, "type", when=lambda type_: type_ == "local", says="the backend is of type {value}")
    yield from bad_if(local, "type", message="the state is a file on the machine of whoever runs it")
