"""Endpoint service that every AWS account may connect to.

## What
The service allows every principal (`*`).

## Why
Any account of AWS can put an endpoint to it into its network. Medium: what stands behind still asks who comes.

## Bad
```hcl
resource "aws_vpc_endpoint_service" "api" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234"]
  acceptance_required        = true
  allowed_principals         = ["*"]
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
  Permissions:
    Type: AWS::EC2::VPCEndpointServicePermissions
    Properties: {ServiceId: !Ref Api, AllowedPrincipals: ["*"]}
```

## Good
```hcl
resource "aws_vpc_endpoint_service" "api" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/1234"]
  acceptance_required        = true
  allowed_principals         = ["arn:aws:iam::444455556666:root"]
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
Allow accounts by name.

## References
- https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_vpc_endpoint_service", severity=Severity.MEDIUM, topics=("public-exposure", "network-segmentation"))
def endpoint_service_open(service: Resource, facts: Facts) -> Iterator[Bad]:
    """Endpoint service that every AWS account may connect to."""
    allowed = service.get("allowed_principals")
    message = f"every AWS account may connect to endpoint service {service.label or service.address}"
    yield from left_open(service, "allowed_principals", message=message)
    if isinstance(allowed, list) and "*" in allowed:
        path = ("allowed_principals", allowed.index("*"))
        fact = Evidence.at("it allows every principal", service, path)
        yield Bad(message=message, verdict=yes(fact), path=path, key="*")
