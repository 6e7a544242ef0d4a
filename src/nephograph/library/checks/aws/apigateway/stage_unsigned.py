"""REST API stage that shows its backend no certificate.

## What
The stage has no client certificate.

## Why
The backend cannot tell calls of the gateway from others. Info: a private integration, or a Lambda function, needs
none.

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
  rest_api_id           = "a1b2c3d4e5"
  deployment_id         = "d1e2f3"
  stage_name            = "prod"
  client_certificate_id = "a1b2c3"
}
```

## Fix
Generate a client certificate, and check it in the backend.

## References
- https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_api_gateway_stage", severity=Severity.INFO, topics=("authentication",), tools=("CKV2_AWS_51",))
def stage_unsigned(stage: Resource, facts: Facts) -> Iterator[Bad]:
    """The stage has no client certificate."""
    wrong = unset(stage, "client_certificate", says="its client certificate is {value}")
    yield from bad_if(
        wrong,
        "client_certificate",
        message=f"the backend of stage {stage.label} cannot tell who calls",
    )
