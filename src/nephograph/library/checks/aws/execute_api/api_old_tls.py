"""REST API that speaks TLS older than 1.2.

## What
The API's security policy is TLS_1_0. An API that names none is quiet: AWS chooses by the type of its endpoint.

## Why
Old versions fall to known attacks, and audits fail over them. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name            = "shop"
  security_policy = "TLS_1_0"
}
```

## Good
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name            = "shop"
  security_policy = "TLS_1_2"
}
```
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}
```

## Fix
Choose TLS_1_2 or a policy of TLS 1.3.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_api_gateway_rest_api", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def api_old_tls(api: Resource, facts: Facts) -> Iterator[Bad]:
    """Its security policy admits TLS 1.0."""
    old = test(api, "minimum_tls", when=lambda policy: policy == "TLS_1_0", says="its security policy is {value}")
    yield from bad_if(old, "minimum_tls", message=f"{api.label} speaks TLS older than 1.2")
