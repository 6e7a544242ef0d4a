"""HTTP API that pages of any site may call.

## What
The cross-origin settings allow every origin.

## Why
A page of any site calls the API from a person's browser. Low: a token in a header is not sent along, and AWS refuses
credentials together with *.

## Bad
```hcl
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = ["*"]
  }
}
```

## Good
```hcl
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  cors_configuration {
    allow_origins = ["https://shop.example.com"]
  }
}
```

## Fix
Name the origins that need it.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_apigatewayv2_api", severity=Severity.LOW, topics=("authentication",))
def api_any_origin(api: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the allowed origins is every one."""
    for at in elements(api, "cors_origins"):
        anyone = test(api, *at, when=lambda origin: origin == "*", says="it allows the origin {value}")
        yield from bad_if(anyone, *at, message=f"pages of any site may call {api.label}")
