"""Transit gateway that connects everything with everything.

## What
New attachments are associated with the default route table and propagate into it, as AWS sets it up.

## Why
Every network that is attached reaches every other: production, test and office. Info: it takes somebody inside.

## Bad
```hcl
resource "aws_ec2_transit_gateway" "hub" {
}
```

## Good
```hcl
resource "aws_ec2_transit_gateway" "hub" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}
```

## Fix
Turn both off, and give every sort of network a route table of its own.

## References
- https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_ec2_transit_gateway", severity=Severity.INFO, topics=("network-segmentation",))
def transit_gateway_flat(gateway: Resource, facts: Facts) -> Iterator[Bad]:
    """Transit gateway that connects everything with everything."""
    joined = test(gateway, "default_association", when=lambda on: on is True, says="attachments join the default table")
    told = test(gateway, "default_propagation", when=lambda on: on is True, says="their routes go into it")
    message = f"transit gateway {gateway.label or gateway.address} connects everything with everything"
    yield from bad_if(all_of((joined, told)), "default_propagation", message=message)
