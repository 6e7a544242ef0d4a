"""Lambda function that shares all concurrency of the account.

## What
No concurrency is reserved for the function: it may take all that the account has in the region, and others may take
it from it. A function that CloudFront runs at its edge is quiet: nothing can be reserved for it.

## Why
A loop or a flood of events in one function starves every other one, and its cost has no upper end. Info: for many
functions the shared pool is right.

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
  function_name                  = "mail"
  role                           = "arn:aws:iam::111122223333:role/mail"
  reserved_concurrent_executions = 20
}
```

## Fix
Reserve what the function needs at its peak.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.edge import at_the_edge
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_lambda_function",
    severity=Severity.INFO,
    topics=("high-availability", "rate-limiting"),
    tools=("CKV_AWS_115",),
)
def function_unreserved(function: Resource, facts: Facts) -> Iterator[Bad]:
    """Lambda function that shares all concurrency of the account."""
    if at_the_edge(function, facts):
        return  # edge functions have no such setting
    wrong = unset(function, "reserved_concurrency", says="its reserved concurrency is {value}")
    yield from bad_if(
        wrong,
        "reserved_concurrency",
        message=f"{function.label} may use up the concurrency of the whole account",
    )
