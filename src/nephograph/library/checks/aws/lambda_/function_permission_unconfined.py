"""Lambda permission for a service that says not whose.

## What
A permission lets a service of AWS invoke the function and names neither a source ARN, nor an account, nor an
organization. Alexa skills and other callers with a token of their own are quiet, and so is API Gateway's permission
of a person's account.

## Why
The service acts for all its customers: somebody else's bucket or topic calls your function. Medium: the caller needs
the function's ARN and chooses the whole input.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_permission" "bucket" {
  function_name = aws_lambda_function.mail.function_name
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_permission" "bucket" {
  function_name  = aws_lambda_function.mail.function_name
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::acme-incoming"
  source_account = "111122223333"
}
```

## Fix
Name the ARN (and for S3 the account) of what may call.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


def _serves_all(principal: object) -> bool:
    """Is this a service of AWS that acts for every customer?"""
    return isinstance(principal, str) and principal.endswith(".amazonaws.com")


@check(
    kind="aws_lambda_function",
    severity=Severity.MEDIUM,
    topics=("confused-deputy",),
    tools=("CKV_AWS_364", "AVD-AWS-0067"),
)
def function_permission_unconfined(function: Resource, facts: Facts) -> Iterator[Bad]:
    """A service principal, and nothing that says for whom it acts."""
    for at in elements(function, "permissions"):
        service = test(function, *at, "principal", when=_serves_all, says="{value} may invoke it")
        free = [
            unset(function, *at, name, says=f"its {name} is {{value}}")
            for name in ("source_arn", "source_account", "organization", "event_source_token")
        ]
        open_ = all_of((service, *free))
        if open_.possible:
            yield Bad(
                message=f"a service that acts for any customer may invoke {function.label}",
                verdict=open_,
                path=at,
            )
