"""Transit gateway that accepts every attachment.

## What
Attachments of other accounts are accepted without being asked.

## Why
Whoever the gateway is shared with, an account that was taken over among them, is in the network at once. Low: it has
to be shared first.

## Bad
```hcl
resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "enable"
}
```

## Good
```hcl
resource "aws_ec2_transit_gateway" "hub" {
}
```
```hcl
resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "disable"
}
```

## Fix
Accept attachments one by one.

## References
- https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ec2_transit_gateway", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_331",))
def transit_gateway_accepts_all(gateway: Resource, facts: Facts) -> Iterator[Bad]:
    """Transit gateway that accepts every attachment."""
    bad = test(
        gateway,
        "auto_accepts_attachments",
        when=lambda on: on is True,
        says="auto_accept_shared_attachments is {value}",
    )
    yield from bad_if(
        bad, "auto_accepts_attachments", message=f"transit gateway {gateway.label} accepts every attachment"
    )
