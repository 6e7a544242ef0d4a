"""Root module whose providers are not locked.

## What
A root module with a backend and without `.terraform.lock.hcl` beside it. One that is written anew in every run, or
kept elsewhere, is not seen here.

## Why
The lock file holds the exact versions and the checksums of the providers: without it each machine takes its own, and
a package that was replaced is not noticed.

## Bad
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

## Good
```hcl
terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
```

## Fix
Commit .terraform.lock.hcl, which terraform init writes.

## References
- https://developer.hashicorp.com/terraform/language/files/dependency-lock
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_settings",
    severity=Severity.INFO,
    topics=("supply-chain",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def lock_file_missing(settings: Resource, facts: Facts) -> Iterator[Bad]:
    """A root module with a backend has no lock file beside it."""
    root = test(settings, "is_root", when=lambda root: root is True, says="it is a root module")
    kept = test(settings, "backend", when=bool, says="its state is kept in {value}")
    none = test(settings, "lock_file", when=lambda there: there is False, says="there is no .terraform.lock.hcl")
    yield from bad_if(
        all_of((root, kept, none)), "lock_file", message="nothing locks the providers of this root module"
    )
