"""Group whose members may do everything.

## What
The policy AdministratorAccess is attached to the group.

## Why
Every member is an administrator all day, for every task. Low: somebody has to be one.

## Bad
```hcl
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "ops" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```
```yaml
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
```

## Good
```hcl
resource "aws_iam_group" "ops" {
  name = "ops"
}

resource "aws_iam_group_policy_attachment" "ops" {
  group      = aws_iam_group.ops.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
```
```yaml
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
```

## Fix
Let people take an administrator's role for a time.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown


@check(kind="aws_iam_group", severity=Severity.LOW, topics=("least-privilege",), tools=("CKV_AWS_274",))
def group_administrator(group: Resource, facts: Facts) -> Iterator[Bad]:
    """The managed policy for administrators is attached."""
    for at in elements(group, "managed_policies"):
        said = group.get(*at)
        if isinstance(said, Unknown) and said.ref is not None and said.reason is Reason.AFTER_APPLY:
            continue  # the ARN of a policy of this code, which is none of AWS's
        all_ = test(
            group, *at, when=lambda arn: str(arn).endswith(":policy/AdministratorAccess"), says="it has {value}"
        )
        yield from bad_if(all_, *at, message=f"members of {group.label} may do everything")
