"""Launch template that gives its instances public addresses.

## What
An interface of the template asks for a public address.

## Why
Only security groups stand between the instances and the internet. Low: they still stand.

## Bad
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  network_interfaces {
    associate_public_ip_address = true
  }
}
```

## Good
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  network_interfaces {
    associate_public_ip_address = false
  }
}
```
```hcl
resource "aws_launch_template" "web" {
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

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_launch_template", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_88",))
def launch_template_public_address(template: Resource, facts: Facts) -> Iterator[Bad]:
    """An interface of the template asks for a public address."""
    for at in elements(template, "versions"):
        wrong = test(
            template, *at, "public_ip", when=lambda on: on is True, says="associate_public_ip_address is {value}"
        )
        yield from bad_if(
            wrong, *at, "public_ip", message=f"instances from {template.label} have addresses on the internet"
        )
