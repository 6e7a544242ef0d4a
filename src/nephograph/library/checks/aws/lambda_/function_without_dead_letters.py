"""Lambda function that drops events it cannot process.

## What
The function names no queue or topic for dead letters. What is invoked asynchronously and fails three times is gone. A
function that CloudFront runs at its edge is quiet, and one that only callers invoke who wait for the answer (API
Gateway, load balancers) or a queue or stream from which it is fed.

## Why
Orders, alarms or audit events vanish and nobody can replay them. Low: nobody gains anything by it.

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
  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:111122223333:mail-failed"
  }
}
```

## Fix
Name a queue for dead letters (or a destination on failure).

## References
- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.edge import at_the_edge
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_WAIT = ("apigateway", "cognito-idp", "elasticloadbalancing", "firehose", "lex", "lexv2")
"""Services that wait for the answer: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html"""


def _is_waited_for(function: Resource, facts: Facts) -> bool:
    """Is it known who invokes it, and does nobody do so asynchronously?"""
    permissions = function.get("permissions")
    named = permissions if isinstance(permissions, list) else []
    if facts.holders(function, "notifies") or not (named or facts.holders(function, "triggers")):
        return False
    callers = [one.get("principal") if isinstance(one, dict) else None for one in named]
    return all(isinstance(who, str) and who.removesuffix(".amazonaws.com") in _WAIT for who in callers)


@check(
    kind="aws_lambda_function",
    severity=Severity.LOW,
    topics=("high-availability", "monitoring"),
    tools=("CKV_AWS_116",),
)
def function_without_dead_letters(function: Resource, facts: Facts) -> Iterator[Bad]:
    """The function names no queue or topic for dead letters."""
    if at_the_edge(function, facts):
        return  # edge functions have no such setting
    if _is_waited_for(function, facts):
        return  # an error goes back to the caller
    wrong = unset(function, "dead_letters", says="its dead letter target is {value}")
    yield from bad_if(
        wrong,
        "dead_letters",
        message=f"events that {function.label} fails on are lost",
    )
