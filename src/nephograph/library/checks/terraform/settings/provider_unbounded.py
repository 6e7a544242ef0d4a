"""Provider whose later major versions are let in.

## What
A root module asks for a version of a provider with a lower bound alone (`>= 5.0`). Modules that others call are
quiet: there it is right to leave the upper bound to the caller.

## Why
A new major version is taken as soon as somebody upgrades: resources and defaults may be others in it.

## Bad
```hcl
terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
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
```hcl
terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
```

## Fix
Add an upper bound: ~> 5.0, or < 6.0 beside it.

## References
- https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from collections.abc import Iterator
from typing import Any

from nephograph.library.sdk import Bad, check, test
from nephograph.library.version_constraints import is_bounded
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


def _listed(settings: Resource) -> list[Any]:
    listed = settings.get("providers")
    return listed if isinstance(listed, list) else []


@check(
    kind="terraform_settings",
    severity=Severity.INFO,
    topics=("supply-chain",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def provider_unbounded(settings: Resource, facts: Facts) -> Iterator[Bad]:
    """A required provider of a root module has a lower bound alone."""
    for position, provider in enumerate(_listed(settings)):
        root = test(settings, "is_root", when=lambda root: root is True, says="it is a root module")
        said = test(settings, "providers", position, "version", when=bool, says="its version is {value}")
        open_ = test(
            settings,
            "providers",
            position,
            "version",
            when=lambda v: bool(v) and not is_bounded(v),
            says="it has no upper bound",
        )
        verdict = all_of((root, said, open_))
        if verdict.possible:
            name = provider["name"] if isinstance(provider, dict) else "?"
            yield Bad(
                f"any later version of provider {name} is let in", verdict, ("providers", position), key=str(name)
            )
