"""Launch configuration that gives its instances public addresses.

## What
The configuration asks for public addresses.

## Why
Only security groups stand between the instances and the internet. Low: they still stand.

## Bad
```hcl
resource "aws_launch_configuration" "web" {
  name                        = "web"
  image_id                    = "ami-12345678"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
}
```

## Good
```hcl
resource "aws_launch_configuration" "web" {
  name                        = "web"
  image_id                    = "ami-12345678"
  instance_type               = "t3.micro"
  associate_public_ip_address = false
}
```
```hcl
resource "aws_launch_configuration" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Fix
Leave the address out, and put the instances behind a load balancer.

## References
- https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_launch_configuration", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_88",))
def launch_configuration_public_address(configuration: Resource, facts: Facts) -> Iterator[Bad]:
    """The configuration asks for public addresses."""
    wrong = test(configuration, "public_ip", when=lambda on: on is True, says="associate_public_ip_address is {value}")
    yield from bad_if(
        wrong,
        "public_ip",
        message=f"instances from {configuration.label} have addresses on the internet",
        fix=set_field(configuration, False, "public_ip", title="give them no public address", safe=False),
    )
