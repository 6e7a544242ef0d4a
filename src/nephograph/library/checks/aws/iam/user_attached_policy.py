"""User to whom a policy is attached.

## What
A managed policy is attached to the user itself. Policies of groups and roles are quiet.

## Why
Nobody who looks at groups and roles sees what this person may do, and it stays when their task changes. Low: what the
policy allows counts.

## Bad
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
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
Attach it to a group, or better to a role.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_iam_user",
    severity=Severity.LOW,
    topics=("least-privilege", "policy-hygiene"),
    tools=("CKV_AWS_40", "AVD-AWS-0143"),
)
def user_attached_policy(user: Resource, facts: Facts) -> Iterator[Bad]:
    """A policy is attached to the user."""
    own = given(user, "managed_policies", says="policies are attached to it")
    yield from bad_if(own, "managed_policies", message=f"{user.label} has rights that no group shows")
