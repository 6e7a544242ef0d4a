"""Endpoint service that accepts every connection.

## What
Connections to the service need no acceptance.

## Why
Whoever is allowed to connect, an account that was taken over among them, is in the network at once. Low: it has to be
allowed first.

## Bad
```hcl
resource "aws_vpc_endpoint_service" "api" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234"]
  acceptance_required        = false
}
```
```yaml
Resources:
  Api:
    Type: AWS::EC2::VPCEndpointService
    Properties:
      NetworkLoadBalancerArns:
        - arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234
      AcceptanceRequired: false
```

## Good
```hcl
resource "aws_vpc_endpoint_service" "api" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234"]
  acceptance_required        = true
}
```
```yaml
Resources:
  Api:
    Type: AWS::EC2::VPCEndpointService
    Properties:
      NetworkLoadBalancerArns:
        - arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234
      AcceptanceRequired: true
```

## Fix
Accept connections one by one.

## References
- https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_vpc_endpoint_service", severity=Severity.LOW, topics=("network-segmentation",), tools=("CKV_AWS_123",))
def endpoint_service_accepts_all(service: Resource, facts: Facts) -> Iterator[Bad]:
    """Endpoint service that accepts every connection."""
    bad = test(service, "acceptance_required", when=lambda on: on is False, says="acceptance_required is {value}")
    yield from bad_if(
        bad,
        "acceptance_required",
        message=f"endpoint service {service.label} accepts every connection",
        fix=set_field(service, True, "acceptance_required", title="accept connections one by one", safe=False),
    )
