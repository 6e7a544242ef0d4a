"""Policy with a condition that compares what cannot be compared.

## What
A value does not have the type of its operator (`IpAddress` with a host name, `Bool` with "yes"), or the operator
compares another type than the key has (`StringLike` on `aws:SourceIp`). Variables and values that are not known are
left out.

## Why
Such a condition is never true, and a negated one always: a Deny that should stop something stops nothing, or an Allow
stays without effect.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { NotIpAddress = { "aws:SourceIp" = "office.example.com" } }
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { NotIpAddress = { "aws:SourceIp" = ["192.0.2.0/24", "2001:db8::/32"] } }
    }]
  })
}
```

## Fix
Write a value of the operator's type, or use the operator of the key's type.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import vocabulary
from nephograph.library.policies.conditions import fits, operator
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_condition_value_mistyped(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Hold every value to its operator, and the operator to its key."""
    yield from linted(resource, _mistyped)


def _mistyped(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        for test in statement.conditions:
            how = operator(test.operator)
            if how is None:
                continue
            wrong = [v for v in test.values if v.known and "${" not in v.value and not fits(v.value, how.type)]
            if wrong:
                shown = clipped(repr(value.value[:64]) for value in wrong)
                message = f"{test.operator} compares {_WORDS.get(how.type, how.type)}; {shown} is none"
                yield Lint(message, statement, wrong[0].path, f"{test.operator} {test.key}")
                continue
            key = vocabulary().key(test.key)
            type_ = key.type.removeprefix("ArrayOf") if key else ""
            if key is not None and how.type in _NEVER.get(type_, ()):
                message = f"{test.operator} cannot compare {key.name}, which is {_WORDS.get(type_, type_)}"
                yield Lint(message, statement, test.path, f"{test.operator} {test.key}")


_WORDS = {
    "Bool": "true or false",
    "Null": "true or false",
    "Numeric": "a number",
    "Date": "a date",
    "IPAddress": "an address or CIDR range",
    "ARN": "an ARN",
    "String": "a text",
}
_NEVER = {
    "IPAddress": ("String", "Numeric", "Date", "Bool", "ARN"),
    "Bool": ("Numeric", "Date", "IPAddress", "ARN"),
    "Numeric": ("IPAddress", "ARN", "Bool"),
    "Date": ("IPAddress", "ARN", "Bool"),
    "ARN": ("Numeric", "Date", "IPAddress", "Bool"),
    "String": ("Numeric", "Date", "IPAddress"),
}
"""By a key's type, the operators that can say nothing of its values. Texts compare with what is written as text."""
