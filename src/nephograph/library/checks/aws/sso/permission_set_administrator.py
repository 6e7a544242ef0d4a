"""Permission set of an administrator.

## What
The policy AdministratorAccess is attached to the permission set.

## Why
Whoever is assigned may do everything in each account of it. Low: somebody has to; each assignment counts.

## Bad
```hcl
resource "aws_ssoadmin_permission_set" "ops" {
  name         = "ops"
  instance_arn = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"

}

resource "aws_ssoadmin_managed_policy_attachment" "ops" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
  permission_set_arn = aws_ssoadmin_permission_set.ops.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```
```yaml
Resources:
  Ops:
    Type: AWS::SSO::PermissionSet
    Properties:
      Name: ops
      InstanceArn: arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071
      ManagedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"]
```

## Good
```hcl
resource "aws_ssoadmin_permission_set" "ops" {
  name         = "ops"
  instance_arn = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"

}
```
```yaml
Resources:
  Ops:
    Type: AWS::SSO::PermissionSet
    Properties: {Name: ops, InstanceArn: "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"}
```

## Fix
Attach what the task needs.

## References
- https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ssoadmin_permission_set", severity=Severity.LOW, topics=("least-privilege",), tools=("CKV_AWS_274",))
def permission_set_administrator(permissions: Resource, facts: Facts) -> Iterator[Bad]:
    """The managed policy for administrators is attached."""
    for at in elements(permissions, "managed_policies"):
        all_ = test(
            permissions, *at, when=lambda arn: str(arn).endswith(":policy/AdministratorAccess"), says="it has {value}"
        )
        yield from bad_if(all_, *at, message=f"permission set {permissions.label} may do everything")
