"""Root module for no particular version of Terraform.

## What
A root module, which configures a provider or a backend, has no required_version.

## Why
Another version of Terraform may read the code otherwise, and one that writes the state first shuts older ones out of
it.

## Bad
```hcl
terraform {
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
resource "aws_sqs_queue" "q" {
  name = "q"
}
```

## Fix
Write required_version into the terraform block.

## References
- https://developer.hashicorp.com/terraform/language/block/terraform#required_version
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
    topics=("configuration-management",),
    tools=("terraform_required_version",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def version_unsaid(settings: Resource, facts: Facts) -> Iterator[Bad]:
    """A root module has no required_version."""
    root = test(settings, "is_root", when=lambda root: root is True, says="it is a root module")
    unsaid = test(settings, "required_version", when=lambda version: not version, says="required_version is {value}")
    yield from bad_if(all_of((root, unsaid)), "required_version", message="no version of Terraform is asked for")
