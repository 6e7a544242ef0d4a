"""Search domain outside a VPC.

## What
The domain has a public endpoint: its access policy alone decides who gets in.

## Why
No security group stands behind a slip in the policy. Low: the policy still asks.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  vpc_options {
    subnet_ids         = ["subnet-11111111"]
    security_group_ids = ["sg-11111111"]
  }
}
```

## Fix
Put the domain into subnets of a VPC when it is made.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.library.search_domains import outside_network
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_137",))
def domain_outside_network(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain outside a VPC."""
    yield from bad_if(outside_network(domain), "subnets", message=f"domain {domain.label} stands outside a VPC")
