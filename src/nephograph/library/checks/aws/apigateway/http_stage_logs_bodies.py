"""WebSocket API stage that logs whole messages.

## What
Data tracing is on for the routes of the stage.

## Why
Passwords, tokens and people's data end in the log, for all who may read it. Medium: it takes the right to read logs.

## Bad
```hcl
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"
  default_route_settings {
    data_trace_enabled = true
  }
}
```

## Good
```hcl
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"
  default_route_settings {
    data_trace_enabled = false
  }
}
```
```hcl
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"

}
```

## Fix
Turn data tracing off.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_apigatewayv2_stage", severity=Severity.MEDIUM, topics=("secrets", "monitoring"))
def http_stage_logs_bodies(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """Data tracing is on for the routes of the stage."""
    wrong = test(stage, "log_data", when=lambda on: on is True, says="data tracing is {value}")
    yield from bad_if(
        wrong,
        "log_data",
        message=f"stage {stage.label} logs whole messages",
        fix=set_field(stage, False, "log_data", title="log no messages"),
    )
