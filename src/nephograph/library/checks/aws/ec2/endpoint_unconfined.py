"""VPC endpoint that lets everything through.

## What
The endpoint has no policy: any principal may do anything to any resource of the service through it, also of other
accounts.

## Why
Data leaves the network into somebody else's bucket without touching the internet. Info: it takes somebody inside.

## Bad
```hcl
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-11111111"
  service_name = "com.amazonaws.eu-west-1.s3"
}
```

## Good
```hcl
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-11111111"
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:ResourceOrgID" = "o-1234567890" } }
    }]
  })
}
```

## Fix
Confine it to resources of your own organization.

## References
- https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_vpc_endpoint", severity=Severity.INFO, topics=("least-privilege", "network-segmentation"))
def endpoint_unconfined(endpoint: Resource, facts: Facts) -> Iterator[Bad]:
    """VPC endpoint that lets everything through."""
    bad = test(endpoint, "endpoint_policy", when=lambda policy: policy is None, says="its policy is {value}")
    yield from bad_if(bad, "endpoint_policy", message=f"endpoint {endpoint.label} lets everything through")
