"""EC2 instance that asks for a public address.

## What
The instance is given a public address at its start. Whether packets from the internet arrive is another check's
matter.

## Why
Only security groups stand between it and the internet from then on. Low: they still stand.

## Bad
```hcl
resource "aws_instance" "web" {
  ami                         = "ami-12345678"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami                         = "ami-12345678"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}
```
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Fix
Put it in a private subnet behind a load balancer; go in by Session Manager.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_instance", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_88", "AVD-AWS-0009")
)
def instance_public_address(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """The instance is given a public address at its start."""
    wrong = test(instance, "public_ip", when=lambda on: on is True, says="associate_public_ip_address is {value}")
    yield from bad_if(
        wrong,
        "public_ip",
        message=f"{instance.label} has an address on the internet",
    )
