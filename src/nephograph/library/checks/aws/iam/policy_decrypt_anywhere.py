"""Policy that may decrypt with every key.

## What
`kms:Decrypt` or `kms:ReEncryptFrom` is allowed on every key, and no condition narrows it (`kms:ViaService`,
`kms:ResourceAliases`, an encryption context, a tag). `kms:*` is the matter of `aws-iam-policy-service-unbounded`. A
holder with a permissions boundary is left out: the boundary is what it may do at most.

## Why
Keys are what still separates data when a bucket or a snapshot is shared too widely. With this permission encryption
separates nothing in the account.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*" }]
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
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-2222-3333-444455556666"
    }]
  })
}
```
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-1.amazonaws.com" } }
    }]
  })
}
```

## Fix
Name the keys, or narrow by `kms:ViaService` or `kms:ResourceAliases`.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import allowed_anywhere
from nephograph.library.policies.conditions import narrows
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, granted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("least-privilege", "key-management"))
def policy_decrypt_anywhere(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for the permission on every resource."""
    yield from granted(resource, facts, _anywhere, "identity")


def _anywhere(document: Document) -> Iterator[Lint]:
    for statement, text in allowed_anywhere(document, ("kms:Decrypt", "kms:ReEncryptFrom")):
        if text.value.lower() != "kms:*" and not narrows(statement, "kms:*", "aws:ResourceTag/*", "aws:CalledVia*"):
            yield Lint(f"{text.value} on every key", statement, text.path, "kms:Decrypt")
