"""Policy that allows everything but a few actions.

## What
A statement of an identity's or resource's policy allows with NotAction. In a service control policy, which only
limits, and in a Deny it is the usual way to write an exception. A holder with a permissions boundary is left out: the
boundary is what it may do at most.

## Why
What is not named is allowed: every other service, and what AWS adds tomorrow. It is mostly meant as "not these",
which is a Deny.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }]
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
      NotAction = "iam:*"
      Resource  = "*"
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
```

## Fix
Name the actions that are used; forbid the others in a Deny.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import on_everything
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, granted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.MEDIUM, topics=("least-privilege",))
def policy_not_action_allowed(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for Allow with NotAction."""
    yield from granted(resource, facts, _allowed, "identity", "resource", "trust")


def _allowed(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect == "Allow" and statement.actions is not None and statement.actions.negated:
            left = clipped(text.value for text in statement.actions.texts)
            wide = on_everything(statement) and not statement.conditions
            yield Lint(
                f"it allows every action but {left}",
                statement,
                (*statement.path, "NotAction"),
                "NotAction",
                severity=None if wide else Severity.LOW,
            )
