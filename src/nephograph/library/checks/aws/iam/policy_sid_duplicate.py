"""Policy with two statements of one name.

## What
Two statements of a document have the same Sid. Statements without a Sid have no name and may be many.

## Why
AWS asks for a Sid that is unique in its policy and refuses some documents; in logs and answers nobody can tell which
of the two was meant.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-a/*" },
      { Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-b/*" },]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "ReadA", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-a/*" },
      { Sid = "ReadB", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-b/*" },]
  })
}
```

## Fix
Give every statement a name of its own.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_sid_duplicate(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Compare the Sids of a document."""
    yield from linted(resource, _duplicate)


def _duplicate(document: Document) -> Iterator[Lint]:
    seen: set[str] = set()
    told: set[str] = set()
    for statement in document.statements:
        sid = statement.sid
        if sid and not has_symbol(sid) and sid in seen and sid not in told:
            told.add(sid)
            yield Lint("another statement before it has the same Sid", statement, (*statement.path, "Sid"))
        seen.add(sid)
