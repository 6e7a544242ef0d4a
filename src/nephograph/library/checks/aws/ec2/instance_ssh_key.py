"""EC2 instance that people enter by an SSH key.

## What
A key pair is named for the instance.

## Why
Keys are shared, seldom changed, and say not who came. Session Manager asks IAM and logs every session. Info: the port
is another matter.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  key_name      = "ops"
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Fix
Take the key away and use Session Manager.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_instance", severity=Severity.INFO, topics=("authentication",))
def instance_ssh_key(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """A key pair is named for the instance."""
    wrong = given(instance, "key_name", says="its key pair is {value}")
    yield from bad_if(
        wrong,
        "key_name",
        message=f"people enter {instance.label} by a shared key",
    )
