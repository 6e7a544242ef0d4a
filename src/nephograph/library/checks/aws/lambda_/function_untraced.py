"""Lambda function without tracing.

## What
Active tracing is off: the function adds nothing of its own to the traces of a request. A function that
CloudFront runs at its edge is quiet: it cannot be traced.

## Why
When a request fails or is slow, nobody sees in which step. Low: tracing shows a fault and keeps nobody out.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  tracing_config {
    mode = "Active"
  }
}
```

## Fix
Set the tracing mode to Active and let the role write to X-Ray.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

from collections.abc import Iterator

from nephograph.library.edge import at_the_edge
from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lambda_function", severity=Severity.LOW, topics=("monitoring",), tools=("CKV_AWS_50", "AVD-AWS-0066"))
def function_untraced(function: Resource, facts: Facts) -> Iterator[Bad]:
    """Active tracing is off: the function adds nothing of its own to the traces of a request."""
    if at_the_edge(function, facts):
        return  # edge functions have no such setting
    wrong = test(function, "tracing", when=lambda mode: mode != "Active", says="tracing is {value}")
    yield from bad_if(
        wrong,
        "tracing",
        message=f"calls of {function.label} leave no trace",
        fix=set_field(function, "Active", "tracing", title="trace every sampled call", safe=False),
    )
