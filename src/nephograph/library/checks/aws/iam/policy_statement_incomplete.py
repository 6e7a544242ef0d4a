"""Policy with a statement that AWS does not take.

## What
A statement has no Effect or another one than Allow and Deny, no Action, no Resource where the policy needs one, both
an element and its Not-form, a Principal in a policy of an identity, or none in a policy of a resource. A trust policy
and the policy of a repository of ECR have no Resource. What is not known is left out.

## Why
The apply fails half way; and whoever reads the plan takes a rule for real that is none.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject" }]
  })
}
```

## Good
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
```

## Fix
Write the element that is missing; take out the one that has no place.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Document, Statement
from nephograph.library.policies.lint import Lint, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_statement_incomplete(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Hold every statement to the grammar."""
    yield from linted(resource, _incomplete)


def _incomplete(document: Document) -> Iterator[Lint]:
    said = document.said.get("Statement")
    if said is None or (isinstance(said, list) and not said):
        yield Lint("it has no statement", None, ())
    for statement in document.statements:
        wrong = [*_effect(statement), *_elements(document, statement), *_principal(document, statement)]
        if wrong:
            yield Lint(f"it has {'; '.join(wrong)}", statement, statement.path, " ".join(wrong))


def _effect(statement: Statement) -> Iterator[str]:
    said = statement.said.get("Effect")
    if said is None:
        yield "no Effect"
    elif isinstance(said, str) and not has_symbol(said) and said not in ("Allow", "Deny"):
        yield f"the Effect {said[:32]!r}, which is neither Allow nor Deny"


def _elements(document: Document, statement: Statement) -> Iterator[str]:
    for name in ("Action", "Resource"):
        present = [word for word in (name, f"Not{name}") if word in statement.said]
        if len(present) == 2:
            yield f"both {name} and Not{name}"
        elif name == "Resource" and document.type == "trust":
            if present:
                yield f"a {present[0]}, which a trust policy cannot have"
        elif not present and not (name == "Resource" and _of_repository(statement)):
            yield f"no {name}"
        elif present and statement.said[present[0]] == []:
            yield f"an empty {present[0]}"


def _of_repository(statement: Statement) -> bool:
    texts = statement.actions.texts if statement.actions else ()
    return bool(texts) and all(text.value.lower().startswith("ecr:") for text in texts)


def _principal(document: Document, statement: Statement) -> Iterator[str]:
    name = statement.principal_name
    if document.type in ("identity", "service control") and name:
        yield f"a {name}, which only policies of resources have"
    elif document.type in ("trust", "resource", "endpoint", "resource control") and not name:
        yield "no Principal"
