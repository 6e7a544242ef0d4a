"""HTTP or WebSocket API with a route that anybody may call.

## What
A route asks for no authorization and no API key. OPTIONS is quiet, since browsers ask it without credentials; so are
routes of a WebSocket API other than $connect, which come after it.

## Why
Whoever knows the address calls it, as often as they like. Medium: the program behind may ask for something itself.

## Bad
```hcl
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "POST /orders"

}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: shop, ProtocolType: HTTP}
  Orders:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Shop, RouteKey: "POST /orders"}
```

## Good
```hcl
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

}

resource "aws_apigatewayv2_route" "orders" {
  api_id             = aws_apigatewayv2_api.shop.id
  route_key          = "POST /orders"
  authorization_type = "AWS_IAM"
}
```
```hcl
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"

}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "OPTIONS /orders"

}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: shop, ProtocolType: HTTP}
  Orders:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Shop, RouteKey: "POST /orders", AuthorizationType: AWS_IAM}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: shop, ProtocolType: HTTP}
  Orders:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Shop, RouteKey: "OPTIONS /orders"}
```

## Fix
Name an authorizer, or ask for IAM.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of, negate


@check(
    kind="aws_apigatewayv2_api",
    severity=Severity.MEDIUM,
    topics=("authentication", "public-exposure"),
    tools=("CKV_AWS_309",),
)
def route_unauthorized(api: Resource, facts: Facts) -> Iterator[Bad]:
    """A route asks for nothing."""
    socket = test(api, "protocol", when=lambda protocol: protocol == "WEBSOCKET", says="it is a {value} API")
    for at in elements(api, "routes"):
        open_ = test(api, *at, "authorization", when=lambda how: how == "NONE", says="authorization is {value}")
        keyless = test(api, *at, "api_key_required", when=lambda on: on is not True, says="api_key_required is {value}")
        asked = test(
            api, *at, "route", when=lambda key: not str(key).startswith("OPTIONS "), says="the route is {value}"
        )
        first = test(api, *at, "route", when=lambda key: key == "$connect", says="the route is {value}")
        comes_first = any_of((negate(socket), first))
        yield from bad_if(
            all_of((open_, keyless, asked, comes_first)),
            *at,
            "authorization",
            message=f"anybody may call a route of {api.label}",
        )
