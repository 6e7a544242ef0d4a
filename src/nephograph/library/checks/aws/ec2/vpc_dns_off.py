"""VPC without DNS.

## What
DNS support of the VPC is turned off.

## Why
Private names of endpoints do not resolve, so that traffic goes by the internet; GuardDuty sees no queries. Info.

## Bad
```hcl
resource "aws_vpc" "main" {
  cidr_block         = "10.0.0.0/16"
  enable_dns_support = false
}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
```

## Fix
Turn DNS support on.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_vpc", severity=Severity.INFO, topics=("monitoring",))
def vpc_dns_off(network: Resource, facts: Facts) -> Iterator[Bad]:
    """VPC without DNS."""
    bad = test(network, "dns_support", when=lambda on: on is False, says="enable_dns_support is {value}")
    yield from bad_if(
        bad,
        "dns_support",
        message=f"VPC {network.label} has no DNS",
        fix=set_field(network, True, "dns_support", title="turn DNS support on", safe=False),
    )
