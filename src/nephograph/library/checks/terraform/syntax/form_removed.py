"""Code that today's Terraform does not take.

## What
The module uses what was deprecated in Terraform 0.12 and is an error by now: `list(…)` and `map(…)` as functions, a type
in quotes, or `ignore_changes = ["*"]`. All places of a module are one finding.

## Why
Nobody can plan this code with a Terraform that still gets security fixes: what it would do today is not known.

## Bad
```hcl
locals {
  zones = list("eu-west-1a", "eu-west-1b")
}

resource "aws_sqs_queue" "q" {
  name = "q"
}
```
```hcl
variable "name" {
  type = "string"
}

resource "aws_sqs_queue" "q" {
  name = "q"
}
```

## Good
```hcl
variable "zones" {
  type = list(string)
}

locals {
  more = tolist(["eu-west-1a"])
  tags = tomap({ a = "b" })
}

resource "aws_sqs_queue" "q" {
  name = "q"
}
```

## Fix
Write `tolist([…])` and `tomap({…})`, types without quotes, and `ignore_changes = all`.

## References
- https://developer.hashicorp.com/terraform/language/functions/list
- https://developer.hashicorp.com/terraform/language/functions/map
- https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from collections.abc import Iterator

from nephograph.library.legacy import legacy
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_syntax",
    severity=Severity.LOW,
    topics=("configuration-management",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def form_removed(syntax: Resource, facts: Facts) -> Iterator[Bad]:
    """A form is used that was removed."""
    yield from legacy(syntax, "removed", "written as no Terraform takes them today", "write them in today's words")
