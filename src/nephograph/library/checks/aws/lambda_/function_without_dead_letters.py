"""Lambda function that drops events it cannot process.

## What
The function names no queue or topic for dead letters. What is invoked asynchronously and fails three times is gone.

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
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_lambda_function",
    severity=Severity.LOW,
    topics=("high-availability", "monitoring"),
    tools=("CKV_AWS_116",),
)
def function_without_dead_letters(function: Resource, facts: Facts) -> Iterator[Bad]:
    """The function names no queue or topic for dead letters."""
    wrong = unset(function, "dead_letters", says="its dead letter target is {value}")
    yield from bad_if(
        wrong,
        "dead_letters",
        message=f"events that {function.label} fails on are lost",
    )
