"""Elastic IP address that nothing uses.

## What
The address is given to no instance, no interface, no NAT gateway and no load balancer that is seen here. What a thing
outside of this estate may use is left open where the address is read from the cloud.

## Why
AWS charges for it by the hour. Info: it costs money.

## Bad
```hcl
resource "aws_eip" "spare" {
  domain = "vpc"
}
```

## Good
```hcl
resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "a" {
  allocation_id = aws_eip.nat.id
  subnet_id     = "subnet-0a1b2c3d"
}
```

## Fix
Release it, or give it to what needs it.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_eip", severity=Severity.INFO, topics=("cost",), tools=("CKV2_AWS_19",))
def address_unattached(address: Resource, facts: Facts) -> Iterator[Bad]:
    """It is given to nothing, and nothing names it."""
    if any(facts.holders(address, edge) for edge in ("has_address", "refers_to")):
        return
    free = all_of(unset(address, name, says=f"its {name} is {{value}}") for name in ("instance", "interface"))
    yield from bad_if(free, message=f"nothing uses address {address.label}")
