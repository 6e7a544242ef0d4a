"""Lambda function that anyone can call by its URL.

## What
The function has a URL without IAM authentication, and its policy lets everybody call it there. The verdict is the
identity engine's: a URL alone, without the permission, is no finding.

## Why
Anyone who finds the address runs the function with its role, as often as they like. High: no identity is asked for.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_function_url" "mail" {
  function_name      = aws_lambda_function.mail.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_permission" "url" {
  function_name          = aws_lambda_function.mail.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "call" {
  function_name            = aws_lambda_function.mail.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_function_url" "mail" {
  function_name      = aws_lambda_function.mail.function_name
  authorization_type = "AWS_IAM"
}
```

## Fix
Ask for IAM authentication, or put a CloudFront distribution with origin access control before the URL.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_lambda_function",
    severity=Severity.HIGH,
    topics=("public-exposure", "authentication"),
    tools=("CKV_AWS_258",),
)
def function_url_unauthenticated(function: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether an anonymous request may call the URL."""
    if function.get("url", "auth_type") is None:
        return
    decision = facts.can("anonymous", "lambda:InvokeFunctionUrl", function)
    yield from bad_if(
        decision.verdict,
        "url",
        "auth_type",
        message=f"anyone calls {function.label} by its URL",
        fix=set_field(function, "AWS_IAM", "url", "auth_type", title="ask for IAM authentication", safe=False),
    )
