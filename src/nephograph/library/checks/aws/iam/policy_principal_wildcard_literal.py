"""Policy that takes a wildcard in a principal for a pattern.

## What
A Principal is an ARN with `*` or `?` in it. Only the whole `*` means everybody; a role or user is named in full, and
patterns belong into a condition on `aws:PrincipalArn`.

## Why
AWS refuses the policy, or nobody matches: a trust that was meant for some roles is for none.

## Bad
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/app-*" }
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
      Condition = { ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::111122223333:role/app-*" } }
    }]
  })
}
```

## Fix
Name the account, and the pattern in a condition `ArnLike` on `aws:PrincipalArn`.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_principal_wildcard_literal(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for wildcards in principals."""
    yield from linted(resource, _literal)


def _literal(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        wild = [
            principal.text
            for principal in statement.principals
            if principal.type == "AWS"
            and principal.text.known
            and principal.text.value.strip("*")
            and ("*" in principal.text.value or "?" in principal.text.value)
        ]
        if wild:
            names = clipped(text.value for text in wild)
            yield Lint(f"{names} matches no principal: wildcards are none here", statement, wild[0].path, names)
