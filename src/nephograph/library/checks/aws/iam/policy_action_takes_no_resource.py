"""Policy that ties an action to resources although it takes none.

## What
A statement names single resources and an action that AWS grants on `*` only, such as `ec2:DescribeInstances`. An
action that is named by a wildcard counts when nothing it matches takes a resource.

## Why
The request of such an action is for `*`, which no ARN matches: the action is never allowed by the statement.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ec2:DescribeInstances"
      Resource = "arn:aws:ec2:eu-west-1:111122223333:instance/*"
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
    Statement = [{ Effect = "Allow", Action = "ec2:DescribeInstances", Resource = "*" }]
  })
}
```
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ec2:StopInstances"
      Resource = "arn:aws:ec2:eu-west-1:111122223333:instance/*"
    }]
  })
}
```

## Fix
Put the action into a statement with `Resource = "*"`, narrowed by conditions where it has keys.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import patterns
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_action_takes_no_resource(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the vocabulary which actions take no resource."""
    yield from linted(resource, _takes_none, "identity", "service control")


def _takes_none(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        resources = statement.resources
        if resources is None or resources.negated or not resources.texts:
            continue
        if any(not text.known or text.value.startswith(("*", "?", "$")) for text in resources.texts):
            continue
        idle = [text for text, what in patterns(statement) if what.actions and not any(a.targets for a in what.actions)]
        if idle and statement.actions is not None and not statement.actions.negated:
            names = clipped(text.value for text in idle)
            message = f"{names} {'takes' if len(idle) == 1 else 'take'} no resource: only Resource * matches"
            yield Lint(message, statement, idle[0].path, " ".join(text.value for text in idle))
