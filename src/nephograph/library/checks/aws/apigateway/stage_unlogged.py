"""REST API stage that keeps no access log.

## What
The stage names no destination for access logs.

## Why
Who asked for what, and when, cannot be told after an attack. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"

}
```

## Good
```hcl
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1e2f3"
  stage_name    = "prod"
  access_log_settings {
    destination_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
    format          = "$context.requestId"
  }
}
```

## Fix
Send access logs to a group of CloudWatch Logs.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_api_gateway_stage",
    severity=Severity.LOW,
    topics=("access-logging",),
    tools=("CKV_AWS_76", "AVD-AWS-0001"),
)
def stage_unlogged(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """The stage names no destination for access logs."""
    wrong = unset(stage, "access_log", says="its access log is {value}")
    yield from bad_if(
        wrong,
        "access_log",
        message=f"requests to stage {stage.label} leave no log",
    )
