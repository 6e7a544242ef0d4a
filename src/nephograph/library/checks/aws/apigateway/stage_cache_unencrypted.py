"""REST API stage that caches answers unencrypted.

## What
A setting of the stage turns the cache on and leaves its encryption off.

## Why
Answers, and what they tell of people, lie in the cache as they are. Medium: one has to get at the cache.

## Bad
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
    caching_enabled = true
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
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true}]
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
    caching_enabled      = true
    cache_data_encrypted = true
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
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true, CacheDataEncrypted: true}]
```

## Fix
Encrypt the cache.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_api_gateway_stage",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_308", "AVD-AWS-0002"),
)
def stage_cache_unencrypted(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """A cache is on, and its encryption is not."""
    for at in elements(stage, "settings"):
        on = test(stage, *at, "caching", when=lambda on: on is True, says="caching is {value}")
        off = test(stage, *at, "cache_encrypted", when=lambda on: on is not True, says="its encryption is {value}")
        yield from bad_if(
            all_of((on, off)), *at, "cache_encrypted", message=f"stage {stage.label} caches answers unencrypted"
        )
