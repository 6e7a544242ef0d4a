"""Lambda function with a credential in its environment.

## What
An environment variable whose name speaks of a password, secret, token or key has its value written in the code.

## Why
Everybody who can read the function's configuration, the state file or this repository has the credential.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  environment {
    variables = {
      SMTP_PASSWORD = "correct-horse-battery"
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
      SMTP_PASSWORD_SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:smtp"
    }
  }
}
```

## Fix
Keep it in Secrets Manager and give the function the secret's ARN; then change the credential, it has leaked.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from collections.abc import Iterator

from nephograph.library.credentials import holds_credential, may_be_written
from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_lambda_function", severity=Severity.HIGH, topics=("secrets",), tools=("CKV_AWS_45", "AVD-AWS-0067"))
def function_secret_in_environment(function: Resource, facts: Facts) -> Iterator[Bad]:
    """The variable's name says what it holds; its value is a literal, no pointer. The value is never shown."""
    environment = function.get("environment")
    if may_be_written(environment):
        yield from left_open(function, "environment", message=f"the environment of {function.label} holds a credential")
    if not isinstance(environment, dict):
        return
    for name, value in sorted(environment.items()):
        if holds_credential(name, value):
            proof = Evidence.at(f"{name} has a literal value", function, ("environment", name))
            yield Bad(
                message=f"environment variable {name} of {function.label} holds a credential",
                verdict=yes(proof),
                path=("environment", name),
                key=name,
            )
