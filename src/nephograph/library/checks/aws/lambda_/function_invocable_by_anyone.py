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

from nephograph.library.sdk import Bad, check
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
    if decision.verdict.possible:
        permissions = function.get("permissions")
        read = isinstance(permissions, list) and any(map(_is_read, permissions))
        yield Bad(
            message=f"any AWS account invokes {function.label}",
            verdict=decision.verdict,
            path=("permissions",),
            severity=None if read or decision.verdict.answer == "yes" else Severity.LOW,
        )


def _is_read(permission: object) -> bool:
    """Is it known whom the permission names?"""
    return isinstance(permission, dict) and isinstance(permission.get("principal"), str)
