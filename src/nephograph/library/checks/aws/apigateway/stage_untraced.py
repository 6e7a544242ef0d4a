"""REST API stage without tracing.

## What
X-Ray tracing is off for the stage.

## Why
When a request fails or is slow, nobody sees in which step. Low: tracing keeps nobody out.

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
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "d1e2f3"
  stage_name           = "prod"
  xray_tracing_enabled = true
}
```

## Fix
Turn tracing on.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_api_gateway_stage", severity=Severity.LOW, topics=("monitoring",), tools=("CKV_AWS_73", "AVD-AWS-0003")
)
def stage_untraced(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """X-Ray tracing is off for the stage."""
    wrong = test(stage, "tracing", when=lambda on: on is not True, says="tracing is {value}")
    yield from bad_if(
        wrong,
        "tracing",
        message=f"requests to stage {stage.label} leave no trace",
        fix=set_field(stage, True, "tracing", title="trace requests"),
    )
