"""HTTP or WebSocket API stage without a limit of its own.

## What
No rate limit is set for the routes of the stage: the limit of the whole account is all there is.

## Why
One caller takes the share of every other API in the account, and the bill has no other end. Low: nothing is opened.

## Bad
```hcl
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"

}
```

## Good
```hcl
resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"
  default_route_settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}
```

## Fix
Set a rate and a burst limit.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_apigatewayv2_stage", severity=Severity.LOW, topics=("rate-limiting",))
def http_stage_unthrottled(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """No rate limit is set for the routes of the stage: the limit of the whole account is all there is."""
    wrong = unset(stage, "throttling_rate", says="its rate limit is {value}")
    yield from bad_if(
        wrong,
        "throttling_rate",
        message=f"stage {stage.label} has no limit of its own",
    )
