"""Policy whose condition takes a wildcard for a plain star.

## What
A value of `StringEquals`, `StringNotEquals` or their IgnoreCase forms holds `*` or `?`. These operators compare the
text as it is; `StringLike` and `StringNotLike` know wildcards. `${*}` writes a star on purpose and is right.

## Why
The condition is true only of a value with a star in it, which nearly no request has: an Allow never applies, and a
Deny with `StringNotEquals` always does.

## Bad
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = { StringEquals = { "aws:PrincipalTag/team" = "web-*" } }
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = { StringLike = { "aws:PrincipalTag/team" = "web-*" } }
    }]
  })
}
```

## Fix
Use `StringLike`, or write the whole value.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Iterator

from nephograph.library.policies.conditions import operator
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_condition_wildcard_literal(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for wildcards under operators that know none."""
    yield from linted(resource, _literal)


def _literal(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        for test in statement.conditions:
            how = operator(test.operator)
            if how is None or how.type != "String" or "Like" in how.base:
                continue
            stars = [v for v in test.values if v.known and _STAR.search(_VARIABLE.sub("", v.value))]
            if stars:
                shown = clipped(repr(value.value[:64]) for value in stars)
                message = f"{test.operator} compares {shown} as it is written: its wildcard matches nothing but itself"
                yield Lint(message, statement, stars[0].path, f"{test.operator} {test.key}")


_STAR = re.compile(r"[*?]")
_VARIABLE = re.compile(r"\$\{[^}]*\}")
