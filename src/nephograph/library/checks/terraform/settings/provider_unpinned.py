"""Provider of no particular version.

## What
A root module configures or requires a provider and says nothing of its version. A lock file keeps it for as long as
nobody upgrades. Modules that others call are quiet: their callers decide.

## Why
The next `terraform init -upgrade`, or the first one on another machine, takes whatever was released last: a new major
version changes what the code means.

## Bad
```hcl
terraform {
  required_version = ">= 1.5, < 2.0"

  required_providers {
    aws = {
      source = "hashicorp/aws"
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

## Fix
Write a version with an upper bound into required_providers: ~> 5.0.

## References
- https://developer.hashicorp.com/terraform/language/providers/requirements#version-constraints
"""

from collections.abc import Iterator
from typing import Any

from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


def _listed(settings: Resource) -> list[Any]:
    listed = settings.get("providers")
    return listed if isinstance(listed, list) else []


@check(
    kind="terraform_settings",
    severity=Severity.LOW,
    topics=("supply-chain",),
    tools=("terraform_required_providers",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def provider_unpinned(settings: Resource, facts: Facts) -> Iterator[Bad]:
    """A required provider of a root module has no version."""
    for position, provider in enumerate(_listed(settings)):
        root = test(settings, "is_root", when=lambda root: root is True, says="it is a root module")
        open_ = test(settings, "providers", position, "version", when=lambda v: not v, says="its version is {value}")
        named = test(settings, "providers", position, "name", when=lambda n: n != "terraform", says="it is {value}")
        verdict = all_of((root, named, open_))
        if verdict.possible:
            name = provider["name"] if isinstance(provider, dict) else "?"
            yield Bad(f"no version of provider {name} is asked for", verdict, ("providers", position), key=str(name))
