"""REST API stage that logs whole requests and answers.

## What
A setting of the stage turns data tracing on.

## Why
Passwords, tokens and people's data end in the log, for all who may read it. Medium: it takes the right to read logs.

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
    logging_level      = "INFO"
    data_trace_enabled = true
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
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", LoggingLevel: INFO, DataTraceEnabled: true}]
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
    logging_level = "INFO"
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
      MethodSettings: [{HttpMethod: "*", ResourcePath: "/*", LoggingLevel: INFO}]
```

## Fix
Turn data tracing off.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_api_gateway_stage", severity=Severity.MEDIUM, topics=("secrets", "monitoring"), tools=("CKV_AWS_276",))
def stage_logs_bodies(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """A setting logs what requests hold."""
    for at in elements(stage, "settings"):
        on = test(stage, *at, "log_data", when=lambda on: on is True, says="data tracing is {value}")
        yield from bad_if(on, *at, "log_data", message=f"stage {stage.label} logs whole requests")
