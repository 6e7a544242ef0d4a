"""Policy of a version that does not exist.

## What
`Version` says another text than 2012-10-17 or 2008-10-17, often the day the policy was written. A document without it
is of 2008-10-17 and is taken; that is a finding only where it has variables (`aws-iam-policy-variable-literal`).

## Why
AWS refuses the policy when it is written.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2024-03-01"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```

## Fix
Write `Version = "2012-10-17"`: it names the language, not the policy.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import VARIABLES_SINCE, Document
from nephograph.library.policies.lint import Lint, Repair, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_version_unknown(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Read the version."""
    yield from linted(resource, _version)


def _version(document: Document) -> Iterator[Lint]:
    said = document.said.get("Version")
    if isinstance(said, str) and not has_symbol(said) and said not in (VARIABLES_SINCE, "2008-10-17"):
        repair = Repair("say Version 2012-10-17", ((("Version",), VARIABLES_SINCE),))
        yield Lint(f"there is no version {said[:32]} of the policy language", None, ("Version",), repair=repair)
