"""Policy that names an action that AWS does not have.

## What
An element of Action or NotAction matches no action of its service: misspelt, gone, or of another service. A pattern
with wildcards counts when nothing matches it (info: such patterns are often written for actions to come). A text that is not fully known is left out.

## Why
The statement reads as if it allowed or denied something and does not: an allowed action stays missing, and what a
Deny was meant to stop goes on.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjct"]
      Resource = "arn:aws:s3:::acme-assets/*"
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
      Action   = ["s3:getobject", "s3:GetObject*"]
      Resource = "arn:aws:s3:::acme-assets/*"
    }]
  })
}
```

## Fix
Write the action as the service's page spells it; take it out when it is gone.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import nearest
from nephograph.library.policies.actions import Named, patterns
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, Repair, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_action_unknown(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look every pattern up in the vocabulary."""
    yield from linted(resource, _unknown)


def _unknown(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        wrong = [(text, what) for text, what in patterns(statement) if what.service is not None and not what.actions]
        if not wrong:
            continue
        names = [text.value for text, _ in wrong]
        hints = list(dict.fromkeys(name for _, what in wrong for name in _near(what)))
        message = f"{clipped(names)} {'matches' if len(names) == 1 else 'match'} no action of AWS"
        if hints:
            message += f" (did you mean {clipped(hints)}?)"
        meant = [(text, _near(what, _SURE)) for text, what in wrong if what.plain]
        sure = tuple((text.path, close[0]) for text, close in meant if len(close) == 1)
        repair = Repair(f"write {clipped(value for _, value in sure)}", sure) if sure else None
        hollow = not any(what.plain for _, what in wrong)
        severity = Severity.INFO if hollow else None
        yield Lint(message, statement, wrong[0][0].path, " ".join(names), repair=repair, severity=severity)


_SURE = 0.9
"""How alike two names are of which one can only be the other misspelt: a letter or two in a name of ten."""


def _near(what: Named, cutoff: float = 0.75) -> tuple[str, ...]:
    """The actions that look like it."""
    assert what.service is not None, "only asked where the service is known"
    known = [action.name for action in what.service.actions.values()]
    close = nearest(what.rest.strip("*?"), known, cutoff)
    return tuple(f"{what.prefix}:{name}" for name in close)
