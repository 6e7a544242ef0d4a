"""Access key that is made by code.

## What
An access key of a user is a resource of the code. Its secret ends in the state. One that is inactive is quiet.

## Why
Whoever reads the state has a credential that never ends. Low: states are guarded, and roles need no keys.

## Bad
```hcl
resource "aws_iam_access_key" "ci" {
  user = "ci"
}
```

## Good
```hcl
resource "aws_iam_access_key" "ci" {
  user   = "ci"
  status = "Inactive"
}
```

## Fix
Let programs take a role: OIDC for a pipeline, an instance profile for a machine.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_access_key", severity=Severity.LOW, topics=("secrets", "authentication"))
def access_key_in_code(key: Resource, facts: Facts) -> Iterator[Bad]:
    """Code makes an active key."""
    if key.said != "code":
        return  # (that a key is there says not who made it)
    active = test(key, "status", when=lambda status: status == "Active", says="the key is {value}")
    yield from bad_if(active, message="the secret of an access key ends in the state")
