"""Policy with an action that cannot act on the resources beside it.

## What
A statement names an action, and none of its resources can be of a type that the action acts on: `s3:GetObject`, which
reads objects, on the ARN of a bucket. Variables and pieces that are not known may be any text. Actions that take no
resource are the matter of `aws-iam-policy-action-takes-no-resource`.

## Why
The action is never allowed, or never denied, by the statement it stands in.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets" }]
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
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = ["arn:aws:s3:::acme-assets", "arn:aws:s3:::acme-assets/*"]
    }]
  })
}
```

## Fix
Name the resources the action acts on: for objects of a bucket its ARN with `/*` behind it.

## References
- https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from collections.abc import Iterator

from nephograph.catalog.vocabulary import vocabulary
from nephograph.library.policies.actions import Named, patterns
from nephograph.library.policies.documents import Document
from nephograph.library.policies.globs import Tokens, overlap, template, tokens
from nephograph.library.policies.lint import Lint, clipped, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_resource_inapplicable(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask whether an ARN can be of a type the action acts on and match the resources."""
    yield from linted(resource, _inapplicable)


_UNLISTED = frozenset({"arc-zonal-shift"})
"""Services that act on more than the reference lists for them (zonal shift: groups of instances and EKS clusters).

https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_service-with-iam-zonal-shift.html
"""


def _inapplicable(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        resources = statement.resources  # a trust policy has none
        if resources is None or resources.negated or not resources.texts:
            continue
        if not all(_arn(text.value) for text in resources.texts):
            continue
        named = [tokens(text.value, document.variables) for text in resources.texts]
        idle = [
            text
            for text, what in patterns(statement)
            if what.actions and what.prefix.lower() not in _UNLISTED and not _acts(what, named)
        ]
        if idle and statement.actions is not None and not statement.actions.negated:
            names = clipped(text.value for text in idle)
            message = f"{names} cannot act on {clipped(text.value for text in resources.texts)}"
            wanted = _wanted(idle[0].value)
            if wanted:
                message += f": it acts on {clipped(wanted, 2)}"
            yield Lint(message, statement, resources.texts[0].path, " ".join(text.value for text in idle))


def _arn(text: str) -> bool:
    return text.startswith("arn:") and text.count(":") >= 5


def _acts(what: Named, named: list[Tokens]) -> bool:
    """Can one of its actions act on one of the resources? Actions without resource types are not judged here."""
    assert what.service is not None, "it has actions"
    for action in what.actions:
        kinds = [what.service.types.get(target.type) for target in action.targets]
        if not kinds or None in kinds:
            return True
        if any(overlap(template(kind.arn), one) for kind in kinds if kind for one in named):
            return True
    return False


def _wanted(pattern: str) -> list[str]:
    action = vocabulary().action(pattern)
    service = vocabulary().service(pattern.partition(":")[0])
    if action is None or service is None:
        return []
    arns = [service.types[target.type].arn for target in action.targets if target.type in service.types]
    return [_PLACEHOLDER.sub("*", arn) for arn in arns]


_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
