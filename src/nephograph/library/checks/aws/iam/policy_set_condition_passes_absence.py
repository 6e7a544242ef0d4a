"""Policy that allows when the key it asks for is missing.

## What
A statement that allows has a `ForAllValues:` condition, and no other condition that demands the key (`Null` with
false, or another operator on it). `aws:TagKeys` is left out: without tags there is nothing to limit.

## Why
`ForAllValues` is true of no values at all: a request without the key passes. With a key of one value it adds nothing
but this hole.

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
      Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
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
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = {
        "ForAllValues:StringLike" = { "aws:PrincipalOrgPaths" = "o-a1b2c3d4e5/r-ab12/*" }
        Null                      = { "aws:PrincipalOrgPaths" = "false" }
      }
    }]
  })
}
```

## Fix
Leave `ForAllValues:` away where the key has one value; else add `Null` with false for the key.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from collections.abc import Iterator

from nephograph.library.policies.conditions import operator
from nephograph.library.policies.documents import Document, Test
from nephograph.library.policies.lint import Lint, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_set_condition_passes_absence(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for set conditions that nothing else holds to a present key."""
    yield from linted(resource, _absence)


def _absence(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow":
            continue
        for test in statement.conditions:
            how = operator(test.operator)
            if how is None or how.quantifier != "forallvalues" or test.key.lower() == "aws:tagkeys":
                continue
            if not any(_demands(other, test.key) for other in statement.conditions if other is not test):
                message = f"{test.operator} is true of a request without {test.key}"
                yield Lint(message, statement, test.path, f"{test.operator} {test.key}")


def _demands(test: Test, key: str) -> bool:
    """Is the test false of a request without the key?"""
    how = operator(test.operator)
    if test.key.lower() != key.lower() or how is None:
        return False
    if how.base == "Null":
        return all(value.value.lower() != "true" for value in test.values)
    return how.quantifier != "forallvalues" and not how.if_exists and not how.negated
