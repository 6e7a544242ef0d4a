"""IAM role that another account may assume without an external id.

## What
The trust policy names an account, or a principal of an account, that is not the role's own and holds nothing of what
was read, and demands no `sts:ExternalId`. A condition on the organization, on the principal's tags or on MFA is
enough, too. Where the role's own account is not known, it depends on whether that is the one.

## Why
Whoever sells a service from that account assumes roles for all its customers. Without an external id another customer
can name your role to it and work in your account through theirs.

## Bad
```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
    }]
  })
}
```

## Good
```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "c0ffee-1234" } }
    }]
  })
}
```
```hcl
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
    }]
  })
}
```

## Fix
Demand the external id the other side gives you; for accounts of your own, `aws:PrincipalOrgID`.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

import functools
import re
from collections.abc import Hashable, Iterator
from typing import Any, cast

from nephograph.library.policies.actions import grants
from nephograph.library.policies.conditions import narrows
from nephograph.library.policies.documents import Document, carried
from nephograph.library.policies.lint import Lint, bad, found
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol
from nephograph.model.verdict import depends, yes


@check(kind="aws_iam_role", severity=Severity.MEDIUM, topics=("federation",))
def role_trusts_foreign_account(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for accounts that are nobody we know."""
    told: set[str] = set()
    all_of_it = cast("Hashable", facts)
    for policy in carried(resource):
        document = policy.document
        if not isinstance(document, Document) or document.type != "trust":
            continue
        for lint in found(document, _foreign):
            account = lint.key
            if account in told or account in _ours(all_of_it):
                continue
            told.add(account)
            own = resource.scope.account
            verdict = depends(f"whether account {account} is its own") if has_symbol(own) or not own else yes()
            yield bad(policy, lint, verdict)


_GUARDS = ("sts:ExternalId", "aws:Principal*", "aws:MultiFactorAuth*", "aws:SourceIdentity", "sts:SourceIdentity")
_ACCOUNT = re.compile(r"(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::.*)?")


def _foreign(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow" or narrows(statement, *_GUARDS) or grants(statement, "sts:AssumeRole") is None:
            continue
        for principal in statement.principals:
            account = _ACCOUNT.fullmatch(principal.text.value)
            if principal.type == "AWS" and principal.text.known and account:
                yield Lint(f"account {account[1]} may assume it", statement, principal.text.path, account[1])


@functools.lru_cache(maxsize=1)
def _ours(facts: Any) -> frozenset[str]:
    """The accounts of everything that was read, and those an organization lists."""
    listed = (account.get("id") for account in facts.resources("aws_organizations_account"))
    return frozenset((*(one.scope.account for one in facts.resources()), *(id for id in listed if isinstance(id, str))))
