"""Lambda function that takes unsigned code.

## What
No code signing configuration is attached to the function. A function from a container image is quiet: Lambda checks
signatures of archives only.

## Why
Whoever may update the function's code, or the bucket it is built from, puts any code in. Low: the right to do that
comes first.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  runtime       = "python3.13"
  handler       = "mail.handler"
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name           = "mail"
  role                    = "arn:aws:iam::111122223333:role/mail"
  runtime                 = "python3.13"
  handler                 = "mail.handler"
  code_signing_config_arn = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0f6c334abcdea4d8b"
}
```
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:2f5b"
}
```

## Fix
Attach a code signing configuration that enforces the signatures of your build.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_lambda_function", severity=Severity.LOW, topics=("supply-chain",), tools=("CKV_AWS_272",))
def function_unsigned(function: Resource, facts: Facts) -> Iterator[Bad]:
    """No code signing configuration is attached to the function."""
    applies = test(function, "package_type", when=lambda kind: kind != "Image", says="its package is a {value}")
    wrong = unset(function, "code_signing", says="its code signing configuration is {value}")
    yield from bad_if(
        all_of((applies, wrong)),
        "code_signing",
        message=f"{function.label} runs code that nobody signed",
    )
