"""Policy whose variables are plain text.

## What
A `${…}` stands in the resources or conditions of a document without `Version`, or with another one than 2012-10-17:
there it is no variable. `${*}`, `${?}` and `${$}` are none either way.

## Why
`${aws:username}` then matches only a resource that has these very characters in its name. An Allow grants nothing, a
Deny stops nothing.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2008-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::acme-home/$${aws:username}/*"
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
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::acme-home/$${aws:username}/*"
    }]
  })
}
```

## Fix
Write `Version = "2012-10-17"`.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
"""

import re
from collections.abc import Iterator

from nephograph.library.policies.documents import VARIABLES_SINCE, Document
from nephograph.library.policies.lint import Lint, Repair, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_variable_literal(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for variables where there are none."""
    yield from linted(resource, _literal)


def _literal(document: Document) -> Iterator[Lint]:
    if document.variables or is_unknown(document.said.get("Version")):
        return
    for statement in document.statements:
        texts = [*(statement.resources.texts if statement.resources else ())]
        texts += [value for test in statement.conditions for value in test.values]
        written = [text for text in texts if _VARIABLE.search(text.value)]
        if written:
            message = f"{written[0].value[:100]} is plain text: variables need Version 2012-10-17"
            repair = Repair("say Version 2012-10-17", ((("Version",), VARIABLES_SINCE),))
            yield Lint(message, statement, written[0].path, "variable", repair=repair)


_VARIABLE = re.compile(r"\$\{[A-Za-z]")
