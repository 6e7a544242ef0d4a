"""EC2 instance without a role.

## What
The instance has no instance profile.

## Why
What runs there either has no access to AWS, or has long-lived keys on its disk. Session Manager cannot reach it.
Info: it may need none.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami                  = "ami-12345678"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
}
```

## Fix
Give it a role with what it needs.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_instance", severity=Severity.INFO, topics=("workload-identity",), tools=("CKV2_AWS_41",))
def instance_without_role(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """The instance has no instance profile."""
    wrong = unset(instance, "instance_profile", says="its instance profile is {value}")
    yield from bad_if(
        wrong,
        "instance_profile",
        message=f"{instance.label} has no role",
    )
