"""References in quotes.

## What
An argument that takes references has them in quotes: `depends_on`, `ignore_changes`, or the `provider` of a resource.
All places of a module are one finding.

## Why
Terraform warns of it since 0.12 and may take it no longer one day. What is misspelled in quotes is harder to find.

## Bad
```hcl
resource "aws_sqs_queue" "a" {
  name = "a"
}

resource "aws_sqs_queue" "b" {
  name       = "b"
  depends_on = ["aws_sqs_queue.a"]
}
```
```hcl
resource "aws_sqs_queue" "a" {
  name = "a"
  lifecycle {
    ignore_changes = ["tags"]
  }
}
```

## Good
```hcl
resource "aws_sqs_queue" "a" {
  name = "a"
}

resource "aws_sqs_queue" "b" {
  name       = "b"
  depends_on = [aws_sqs_queue.a]
  lifecycle {
    ignore_changes = [tags]
  }
}
```

## Fix
Take the quotes away.

## References
- https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on
- https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
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
def reference_quoted(syntax: Resource, facts: Facts) -> Iterator[Bad]:
    """A reference is written in quotes."""
    yield from legacy(syntax, "quoted reference", "with a reference in quotes", "write them without quotes")
