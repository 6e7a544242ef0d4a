"""Default VPC in use.

## What
The code takes over the default VPC of its region.

## Why
Every subnet of it is public and hands out public addresses: what is started there by mistake is on the internet. Low:
something has to be started there.

## Bad
```hcl
resource "aws_default_vpc" "main" {}
```

## Good
```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
```

## Fix
Make a VPC of your own, and delete the default one.

## References
- https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_vpc",
    severity=Severity.LOW,
    topics=("network-segmentation",),
    tools=("CKV_AWS_148", "AVD-AWS-0101"),
    unspelled={"cloudformation": "a template cannot take over the default VPC"},
)
def vpc_default_used(network: Resource, facts: Facts) -> Iterator[Bad]:
    """Default VPC in use."""
    bad = test(network, "default", when=lambda on: on is True, says="it is the default VPC")
    yield from bad_if(bad, "default", message="the default VPC is in use")
