"""Backend with a credential in the code.

## What
An access key, a client secret or a token is written out in a backend block. Terraform takes literals only there, so
what is not written comes from the environment or from `-backend-config`.

## Why
Whoever reads the code reads and writes the state with it, and so every secret in it. It is also kept in `.terraform`,
in the clear.

## Bad
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    access_key   = "AKIAQQQQQQQQQQQQQQQQ"
    secret_key   = "not-a-key-of-anybody"
    encrypt      = true
    use_lockfile = true
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
Take it out, revoke it, and let the backend find credentials in its environment.

## References
- https://developer.hashicorp.com/terraform/language/backend/s3#credentials-and-shared-configuration
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_backend",
    severity=Severity.HIGH,
    topics=("secrets",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def credentials_written(backend: Resource, facts: Facts) -> Iterator[Bad]:
    """An argument for a credential is written out."""
    written = test(backend, "hard_coded", when=bool, says="arguments for credentials are written in the code")
    yield from bad_if(written, "hard_coded", message="the backend has a credential in its code")
