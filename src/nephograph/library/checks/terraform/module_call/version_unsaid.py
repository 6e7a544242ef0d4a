"""Module of a registry in no particular version.

## What
A call of a module of a registry without `version`. Modules by a path have none and are quiet.

## Why
Every `terraform init` on a new machine takes the newest release, whatever is in it: nobody has reviewed it, and no
lock file covers modules.

## Bad
```hcl
module "vpc" {
  source = "terraform-aws-modules/vpc/aws"
}
```

## Good
```hcl
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"
}
```

## Fix
Write the version that was reviewed.

## References
- https://developer.hashicorp.com/terraform/language/modules/sources#terraform-registry
- https://developer.hashicorp.com/terraform/language/block/module#version
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_module_call",
    severity=Severity.LOW,
    topics=("supply-chain",),
    tools=(
        "CKV_TF_2",
        "terraform_module_version",
    ),
    unspelled={"cloudformation": "it is of Terraform"},
)
def version_unsaid(call: Resource, facts: Facts) -> Iterator[Bad]:
    """A module of a registry is called without a version."""
    registry = test(call, "form", when=lambda form: form == "registry", says="its source is of a {value}")
    unsaid = test(call, "version", when=lambda version: not version, says="its version is {value}")
    yield from bad_if(
        all_of((registry, unsaid)), "version", message=f"module {call.label} is called in no particular version"
    )
