"""Expressions in quotes that are nothing but an interpolation.

## What
A value is written `"${…}"` and nothing else stands in the quotes: the expression alone says the same. All places of a
module are one finding. Keys of objects need the quotes, and JSON has no other way: both are left alone.

## Why
It is the form of Terraform 0.11. It reads as a text where it may be a list or a number, and hides what the value is.

## Bad
```hcl
variable "name" {
  type = string
}

resource "aws_sqs_queue" "q" {
  name = "${var.name}"
}
```

## Good
```hcl
variable "name" {
  type = string
}

resource "aws_sqs_queue" "q" {
  name = var.name
}
```
```hcl
variable "name" {
  type = string
}

resource "aws_sqs_queue" "q" {
  name = "${var.name}-orders"
  tags = { "${var.name}" = "yes" }
}
```

## Fix
Take the quotes and the braces away.

## References
- https://developer.hashicorp.com/terraform/language/expressions/strings
- https://github.com/terraform-linters/tflint-ruleset-terraform/blob/main/docs/rules/terraform_deprecated_interpolation.md
"""

from collections.abc import Iterator

from nephograph.library.legacy import legacy
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_syntax",
    severity=Severity.INFO,
    topics=("configuration-management",),
    tools=("terraform_deprecated_interpolation",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def expression_interpolated(syntax: Resource, facts: Facts) -> Iterator[Bad]:
    """A sequence stands alone in quotes."""
    yield from legacy(
        syntax, "interpolation", "with an interpolation that stands alone in quotes", "write them without quotes"
    )
