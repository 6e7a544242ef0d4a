"""Policy that names a service that AWS does not have.

## What
The part of an action before the colon is no service prefix, or the action has no colon at all. `*` alone names every
action and is right.

## Why
IAM matches no request with it: the statement does nothing for these actions. AWS refuses an action without a prefix
when the policy is written.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamo:GetItem", Resource = "*" }]
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
      Action   = "dynamodb:GetItem"
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}
```

## Fix
Write the prefix as the service's page names it.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import nearest, vocabulary
from nephograph.library.policies.actions import named
from nephograph.library.policies.documents import Document, Text
from nephograph.library.policies.lint import Lint, Repair, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_service_unknown(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look every prefix up in the vocabulary."""
    yield from linted(resource, _unknown)


def _unknown(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        wrong = [text for text in (statement.actions.texts if statement.actions else ()) if _nowhere(text)]
        if not wrong:
            continue
        heads = dict.fromkeys(text.value.partition(":")[0] for text in wrong)
        message = f"{clipped(heads)} {'is no service' if len(heads) == 1 else 'are no services'} of AWS"
        close = dict.fromkeys(name for head in heads for name in nearest(head, vocabulary().services, cutoff=0.8))
        if close:
            message += f" (did you mean {clipped(close)}?)"
        sure = tuple((text.path, better) for text in wrong if (better := _meant(text.value)))
        repair = Repair(f"write {clipped(better for _, better in sure)}", sure) if sure else None
        yield Lint(message, statement, wrong[0].path, " ".join(text.value for text in wrong), repair=repair)


def _nowhere(text: Text) -> bool:
    prefix, _, _ = text.value.partition(":")
    if not text.known or any(sign in prefix for sign in ("*", "?", "$")):
        return False
    what = named(text.value)
    return what is None or what.service is None


def _meant(action: str) -> str:
    """The action it can only be: one service is spelled nearly so and has it."""
    prefix, _, rest = action.partition(":")
    near = [f"{name}:{rest}" for name in nearest(prefix, vocabulary().services, cutoff=0.85)]
    having = [name for name in near if vocabulary().action(name) is not None]
    return having[0] if len(having) == 1 else ""
