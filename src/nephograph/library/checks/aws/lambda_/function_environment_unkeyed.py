"""Lambda function whose environment is encrypted with a key of AWS.

## What
The function has environment variables and names no KMS key for them. They are encrypted all the same, with a key that
belongs to AWS. A function without variables is quiet.

## Why
Whoever may read the function's configuration reads the variables: a key of your own asks for one more right, can be
turned off and logs each use. Low: the variables should hold no secret at all.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  environment {
    variables = {
      SENDER = "shop@example.com"
    }
  }
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  environment {
    variables = {
      SENDER = "shop@example.com"
    }
  }
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"

}
```

## Fix
Name a key of your own; the role needs kms:Decrypt.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_lambda_function",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
    tools=("CKV_AWS_173",),
)
def function_environment_unkeyed(function: Resource, facts: Facts) -> Iterator[Bad]:
    """The function has environment variables and names no KMS key for them."""
    applies = test(function, "environment", when=bool, says="it has environment variables")
    wrong = unset(function, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        all_of((applies, wrong)),
        "kms_key",
        message=f"variables of {function.label} are encrypted with a key of AWS",
    )
