"""User who may do everything.

## What
The user's policies, and those of its groups, allow every action on every resource, by effective permission.

## Why
One stolen key or password and the account is gone. Medium: it has to be stolen first.

## Bad
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
```

## Good
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
```

## Fix
Give people roles for a time, through IAM Identity Center.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_user", severity=Severity.MEDIUM, topics=("least-privilege",))
def user_administrator(user: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine for administrators by effective permission."""
    for fact in facts.query("administrator", (user.urn, None)):
        if fact.verdict.possible:
            yield Bad(message=f"user {user.label} may do everything", verdict=fact.verdict)
