"""REST API with a method that anybody may call.

## What
A method asks for no authorization and no API key. OPTIONS is quiet, since browsers ask it without credentials, and so
are private APIs and APIs with a policy of their own, which other checks evaluate.

## Why
Whoever knows the address calls it, as often as they like. Medium: the program behind may ask for something itself.

## Bad
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "NONE"
}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Shop, ParentId: !GetAtt Shop.RootResourceId, PathPart: orders}
  Post:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Shop, ResourceId: !Ref Orders, HttpMethod: POST, AuthorizationType: NONE}
```

## Good
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "AWS_IAM"
}
```
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}
```
```hcl
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "NONE"
}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Shop, ParentId: !GetAtt Shop.RootResourceId, PathPart: orders}
  Post:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Shop, ResourceId: !Ref Orders, HttpMethod: POST, AuthorizationType: AWS_IAM}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop}
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Shop, ParentId: !GetAtt Shop.RootResourceId, PathPart: orders}
  Post:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Shop, ResourceId: !Ref Orders, HttpMethod: OPTIONS, AuthorizationType: NONE}
```
```yaml
Resources:
  Shop:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: shop, EndpointConfiguration: {Types: [PRIVATE]}}
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Shop, ParentId: !GetAtt Shop.RootResourceId, PathPart: orders}
  Post:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Shop, ResourceId: !Ref Orders, HttpMethod: POST, AuthorizationType: NONE}
```

## Fix
Name an authorizer, or ask for IAM.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_api_gateway_rest_api",
    severity=Severity.MEDIUM,
    topics=("authentication", "public-exposure"),
    tools=("CKV_AWS_59", "AVD-AWS-0004"),
)
def method_unauthorized(api: Resource, facts: Facts) -> Iterator[Bad]:
    """A method other than OPTIONS asks for nothing."""
    public = test(
        api, "endpoint_types", when=lambda types: "PRIVATE" not in (types or ()), says="its endpoint is {value}"
    )
    free = unset(api, "policy", says="its policy is {value}")
    for at in elements(api, "methods"):
        open_ = test(api, *at, "authorization", when=lambda how: how == "NONE", says="authorization is {value}")
        keyless = test(api, *at, "api_key_required", when=lambda on: on is not True, says="api_key_required is {value}")
        asked = test(api, *at, "method", when=lambda method: method != "OPTIONS", says="the method is {value}")
        yield from bad_if(
            all_of((open_, keyless, asked, public, free)),
            *at,
            "authorization",
            message=f"anybody may call a method of {api.label}",
        )
