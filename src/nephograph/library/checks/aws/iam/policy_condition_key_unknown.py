"""Policy with a condition on a key that AWS does not have.

## What
A key of a Condition is neither a global key nor one of the service of its prefix. Keys of identity providers
(`token.actions.githubusercontent.com:sub`) are named by their hosts and are not judged.

## Why
No request holds the key. A condition that demands a value is then never true; one with a negated operator, IfExists
or ForAllValues is always true and guards nothing.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransprt" = "false" } }
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
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:securetransport" = "false" } }
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
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::acme-assets/*"
      Condition = { StringEquals = { "s3:ExistingObjectTag/team" = "web" } }
    }]
  })
}
```

## Fix
Write the key as AWS's page spells it.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import nearest, vocabulary
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_condition_key_unknown(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look every key up in the vocabulary."""
    yield from linted(resource, _unknown)


def _unknown(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        for test in statement.conditions:
            prefix, colon, _ = test.key.partition(":")
            if has_symbol(test.key) or "${" in test.key or "." in prefix or "/" in prefix:
                continue
            if colon and vocabulary().key(test.key) is not None:
                continue
            service = vocabulary().service(prefix) if colon else None
            known = [key.name for key in service.keys.values()] if service else vocabulary().global_keys
            close = nearest(test.key if service else f"aws:{test.key.rpartition(':')[2]}", known, cutoff=0.8)
            message = f"{test.key} is no condition key of AWS"
            if close:
                message += f" (did you mean {clipped(close)}?)"
            yield Lint(message, statement, test.path, test.key)
