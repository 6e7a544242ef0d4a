"""Lambda function that any AWS account can invoke.

## What
The function's policy lets everybody invoke it through the API of Lambda. The verdict is the identity engine's: a
statement whose conditions leave only your own callers is no finding.

## Why
Anybody with any AWS account runs the function with input of their choice. High: no identity of yours is asked for.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_permission" "call" {
  function_name = aws_lambda_function.mail.function_name
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_permission" "call" {
  function_name = aws_lambda_function.mail.function_name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:111122223333:orders"
}
```

## Fix
Name the service and the ARN of what calls the function.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_lambda_function",
    severity=Severity.HIGH,
    topics=("public-exposure", "least-privilege"),
    tools=("CKV_AWS_301",),
)
def function_invocable_by_anyone(function: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether an anonymous request may invoke the function."""
    decision = facts.can("anonymous", "lambda:InvokeFunction", function)
    yield from bad_if(decision.verdict, "permissions", message=f"any AWS account invokes {function.label}")
