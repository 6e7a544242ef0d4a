"""Policy with a condition operator that does not exist.

## What
The name above a condition is no operator: misspelt, a set prefix other than `ForAnyValue:` and `ForAllValues:`, or
`IfExists` behind `Null`.

## Why
AWS refuses the policy when it is written: the plan looks right and the apply fails.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "*"
      Condition = { StringEqual = { "aws:PrincipalAccount" = "111122223333" } }
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "*"
      Condition = { StringEqualsIfExists = { "aws:PrincipalAccount" = "111122223333" } }
    }]
  })
}
```

## Fix
Write the operator as AWS's page spells it.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import nearest
from nephograph.library.policies.conditions import OPERATORS, operator
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_condition_operator_unknown(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Take every operator apart."""
    yield from linted(resource, _unknown)


def _unknown(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        said = statement.said.get("Condition")
        for written in said if isinstance(said, dict) else ():
            if has_symbol(written) or operator(written) is not None:
                continue
            close = nearest(written.rpartition(":")[2].removesuffix("IfExists"), OPERATORS)
            message = f"{written} is no condition operator"
            if close:
                message += f" (did you mean {clipped(close)}?)"
            yield Lint(message, statement, (*statement.path, "Condition", written), written)
