"""Provider with a credential in the code.

## What
An argument for a credential of a provider of AWS, Azure, Google or Kubernetes is written out: in the block itself, or
in the default or the value of a variable it is read from.

## Why
Whoever reads the code may do what the provider may do, which is as a rule everything.

## Bad
```hcl
provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAQQQQQQQQQQQQQQQQ"
}
```

## Good
```hcl
provider "aws" {
  region = "eu-west-1"
}
```
```hcl
variable "key" {
  sensitive = true
}

provider "aws" {
  region     = "eu-west-1"
  access_key = var.key
}
```

## Fix
Take it out, revoke it, and let the provider find credentials in its environment, best short-lived ones of a role.

## References
- https://developer.hashicorp.com/terraform/language/block/provider
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_provider",
    severity=Severity.HIGH,
    topics=(
        "secrets",
        "workload-identity",
    ),
    tools=("CKV_AWS_41",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def credentials_written(provider: Resource, facts: Facts) -> Iterator[Bad]:
    """An argument for a credential has a value of the code."""
    written = test(provider, "hard_coded", when=bool, says="arguments for credentials are written in the code")
    yield from bad_if(written, "hard_coded", message=f"provider {provider.label} has a credential in its code")
