"""REST API stage without a limit of its own.

## What
No setting of the stage limits the rate of all its methods: the limit of the whole account is all there is. Usage
plans limit single keys and are another matter.

## Why
One caller takes the share of every other API in the account, and the bill has no other end. Low: nothing is opened.

## Bad
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"

}
```
```yaml
Resources:
  Prod:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: a1b2c3d4e5
      DeploymentId: d1e2f3
      StageName: prod
```

## Good
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"

}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"
  settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}
```
```yaml
Resources:
  Prod:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: a1b2c3d4e5
      DeploymentId: d1e2f3
      StageName: prod
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50}]
```

## Fix
Set a rate and a burst limit for all methods.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

from collections.abc import Iterator

from nephograph.library.absence import given
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import any_of, negate


@check(kind="aws_api_gateway_stage", severity=Severity.LOW, topics=("rate-limiting",))
def stage_unthrottled(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """None of its settings names a rate."""
    limits = [
        given(stage, *at, "throttling_rate", says="the rate is limited to {value}")
        for at in elements(stage, "settings")
    ]
    yield from bad_if(negate(any_of(limits)), "settings", message=f"stage {stage.label} has no limit of its own")
