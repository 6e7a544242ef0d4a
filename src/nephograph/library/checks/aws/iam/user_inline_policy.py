"""User with a policy of their own.

## What
A policy is written into the user. Policies of groups and roles are quiet.

## Why
Nobody who looks at groups and roles sees what this person may do, and it stays when their task changes. Low: what the
policy allows counts.

## Bad
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user_policy" "ann" {
  user = aws_iam_user.ann.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
      Policies:
      - PolicyName: own
        PolicyDocument:
          Version: '2012-10-17'
          Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: arn:aws:s3:::acme-assets/*
```

## Good
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user_group_membership" "ann" {
  user   = aws_iam_user.ann.name
  groups = ["readers"]
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
      Groups: [readers]
```

## Fix
Give the rights to a group, or better to a role.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_user", severity=Severity.LOW, topics=("least-privilege", "policy-hygiene"), tools=("CKV_AWS_40",))
def user_inline_policy(user: Resource, facts: Facts) -> Iterator[Bad]:
    """A policy is written into the user."""
    own = given(user, "inline_policies", says="it has policies of its own")
    yield from bad_if(own, "inline_policies", message=f"{user.label} has rights that no group shows")
