"""Policy with a condition on a key that no request of its actions holds.

## What
A statement that allows demands a value of a condition key which is known, but is not one that AWS lists for the named
action, for the resources it acts on, or for every action. Actions named by wildcards, negated operators, IfExists,
Null and ForAllValues are left out, and so is a statement in which some action has the key by a wildcard.

## Why
Without the key in the request the condition is false: the action is never allowed by this statement, although it
stands in it.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::acme-assets/*"
      Condition = { StringLike = { "s3:prefix" = "public/*" } }
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
      Effect    = "Allow"
      Action    = "s3:ListBucket"
      Resource  = "arn:aws:s3:::acme-assets"
      Condition = { StringLike = { "s3:prefix" = "public/*" } }
    }]
  })
}
```

## Fix
Put the action into a statement of its own, with a condition on a key that its requests hold.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator

from nephograph.catalog.vocabulary import vocabulary
from nephograph.library.policies.actions import Named, patterns
from nephograph.library.policies.conditions import operator
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.INFO, topics=("policy-validity",))
def policy_condition_key_inapplicable(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the vocabulary which keys a request of each action holds."""
    yield from linted(resource, _inapplicable)


def _inapplicable(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow" or statement.actions is None or statement.actions.negated:
            continue
        for test in statement.conditions:
            how, key = operator(test.operator), vocabulary().key(test.key)
            if how is None or key is None or how.negated or how.if_exists or how.base == "Null":
                continue
            if how.quantifier == "forallvalues" or key.name in vocabulary().global_keys or _left_out(key.name):
                continue
            without = [text.value for text, what in patterns(statement) if what.plain and _without(what, key.name)]
            if without:
                message = f"AWS lists no {key.name} for {clipped(without)}: the condition is never true of it"
                yield Lint(message, statement, test.path, f"{test.key} {' '.join(without)}")


def _left_out(key: str) -> bool:
    """A service's form of aws:ResourceTag, and keys of sessions: requests hold them wherever AWS can tell them."""
    return key.lower().endswith(":resourcetag/${tagkey}") or key.startswith("sts:")


def _without(what: Named, key: str) -> bool:
    return what.service is not None and any(
        key not in vocabulary().keys_of(what.service, action) for action in what.actions
    )
