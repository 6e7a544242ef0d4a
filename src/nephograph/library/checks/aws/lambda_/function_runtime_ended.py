"""Lambda function on a runtime that AWS patches no more.

## What
The function's runtime is one that AWS has deprecated, by the dates on AWS's page. A custom runtime or an image brings
its own system and is quiet.

## Why
Holes that are found in the language or in the system under it stay open, and one day the function can no longer be
updated. Medium: known holes help whoever reaches the code.

## Bad
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  runtime       = "python3.7"
  handler       = "mail.handler"
}
```

## Good
```hcl
resource "aws_lambda_function" "mail" {
  function_name = "mail"
  role          = "arn:aws:iam::111122223333:role/mail"
  runtime       = "python3.13"
  handler       = "mail.handler"
}
```

## Fix
Move to a runtime that is supported; read its release notes first.

## References
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown

# Runtimes and the day AWS deprecated them: the page below, as of November 2026. java8.al2, java11, java17 and
# python3.11 follow on 2027-06-30.
_ENDED = {
    "nodejs": "2016-10-31",
    "nodejs4.3": "2020-03-05",
    "nodejs4.3-edge": "2019-04-30",
    "nodejs6.10": "2019-08-12",
    "nodejs8.10": "2020-03-06",
    "nodejs10.x": "2021-07-30",
    "nodejs12.x": "2023-03-31",
    "nodejs14.x": "2023-12-04",
    "nodejs16.x": "2024-06-12",
    "nodejs18.x": "2025-09-01",
    "nodejs20.x": "2026-04-30",
    "python2.7": "2021-07-15",
    "python3.6": "2022-07-18",
    "python3.7": "2023-12-04",
    "python3.8": "2024-10-14",
    "python3.9": "2025-12-15",
    "python3.10": "2026-10-31",
    "ruby2.5": "2021-07-30",
    "ruby2.7": "2023-12-07",
    "ruby3.2": "2026-03-31",
    "java8": "2024-01-08",
    "go1.x": "2024-01-08",
    "provided": "2024-01-08",
    "provided.al2": "2026-07-31",
    "dotnetcore1.0": "2019-06-27",
    "dotnetcore2.0": "2019-05-30",
    "dotnetcore2.1": "2022-01-05",
    "dotnetcore3.1": "2023-04-03",
    "dotnet5.0": "2022-05-10",
    "dotnet6": "2024-12-20",
    "dotnet7": "2024-05-14",
    "dotnet8": "2026-11-10",
    "dotnet9": "2026-11-10",
}


@check(kind="aws_lambda_function", severity=Severity.MEDIUM, topics=("patching",), tools=("CKV_AWS_363",))
def function_runtime_ended(function: Resource, facts: Facts) -> Iterator[Bad]:
    """The runtime stands in the table of those that have ended."""
    runtime = function.get("runtime")
    ended = test(function, "runtime", when=lambda name: name in _ENDED, says="its runtime is {value}")
    since = "" if is_unknown(runtime) or runtime not in _ENDED else f" since {_ENDED[runtime]}"
    yield from bad_if(ended, "runtime", message=f"the runtime of {function.label} gets no patches{since}")
