"""Group with a policy that is written into it.

## What
A policy is written into the group instead of being attached.

## Why
It cannot be reused, has no versions, and lists of policies do not show it. Info: it works the same.

## Bad
```hcl
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy" "ops" {
  group = aws_iam_group.ops.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```
```yaml
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
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
resource "aws_iam_group" "ops" {
  name = "ops"
}
```
```yaml
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
```

## Fix
Make it a managed policy.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_group", severity=Severity.INFO, topics=("policy-hygiene",))
def group_inline_policy(group: Resource, facts: Facts) -> Iterator[Bad]:
    """A policy is written into the group."""
    own = given(group, "inline_policies", says="it has policies of its own")
    yield from bad_if(own, "inline_policies", message=f"group {group.label} has a policy written into it")
