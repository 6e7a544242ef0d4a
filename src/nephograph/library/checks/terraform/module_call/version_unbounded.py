"""Module of a registry whose later major versions are let in.

## What
A call of a module of a registry whose `version` has a lower bound alone (`>= 5.0`).

## Why
A new major version is taken by the next `terraform init` on a new machine; no lock file covers modules.

## Bad
```hcl
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = ">= 5.0"
}
```

## Good
```hcl
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"
}
```
```hcl
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.8"
}
```

## Fix
Name one version, or add an upper bound.

## References
- https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.library.version_constraints import is_bounded
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_module_call",
    severity=Severity.LOW,
    topics=("supply-chain",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def version_unbounded(call: Resource, facts: Facts) -> Iterator[Bad]:
    """A module of a registry is called with a lower bound alone."""
    registry = test(call, "form", when=lambda form: form == "registry", says="its source is of a {value}")
    open_ = test(call, "version", when=lambda v: bool(v) and not is_bounded(v), says="its version is {value}")
    yield from bad_if(
        all_of((registry, open_)), "version", message=f"any later version of module {call.label} is let in"
    )
