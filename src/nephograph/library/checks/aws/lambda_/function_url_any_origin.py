"""Lambda function URL that pages of any site may call.

## What
The cross-origin settings of the function's URL allow every origin.

## Why
A page of any site calls the URL from the browser of a person who is signed in. Low: a token in a header is not sent
along.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}

resource "aws_lambda_function_url" "mail" {
  function_name      = aws_lambda_function.mail.function_name
  authorization_type = "AWS_IAM"
  cors {
    allow_origins = ["*"]
  }
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
  cors {
    allow_origins = ["https://shop.example.com"]
  }
}
```

## Fix
Name the origins that need it.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_lambda_function", severity=Severity.LOW, topics=("authentication",))
def function_url_any_origin(function: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the allowed origins is every one."""
    for at in elements(function, "url", "origins"):
        anyone = test(function, *at, when=lambda origin: origin == "*", says="the URL allows the origin {value}")
        yield from bad_if(anyone, *at, message=f"pages of any site may call the URL of {function.label}")
