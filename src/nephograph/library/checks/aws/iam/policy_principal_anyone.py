"""Resource that its own policy opens to everybody.

## What
A statement of a resource's policy allows an action to everybody (`*`), and no condition demands an organization,
account, network or source. What else the policy denies is weighed; for keys and repositories, which answer signed
requests only, everybody is any account of AWS. Objects of a bucket that anybody can read are the matter of
`aws-s3-bucket-public-read`; calls of an API and policies of endpoints are open by nature.
A search domain inside a VPC is quiet: its security groups stand before the policy; one that anybody searches is the
matter of `aws-es-domain-readable-by-anyone`.

## Why
Anybody on the internet can use it: fill a queue, publish to a topic, write into a bucket.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*" }]
  })
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Principal = "*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```

## Fix
Name the principals, or demand `aws:PrincipalOrgID`, `aws:SourceArn` or the network they come from.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
"""

from collections.abc import Iterator

from nephograph.library.policies.actions import Named, patterns
from nephograph.library.policies.conditions import narrows
from nephograph.library.policies.documents import Document, carried
from nephograph.library.policies.lint import Lint, bad, found
from nephograph.library.sdk import Bad, check
from nephograph.library.search_domains import outside_network
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Verdict, all_of, depends, no, yes


@check(kind="aws_iam_policy", field="policy", severity=Severity.HIGH, topics=("public-exposure",))
def policy_principal_anyone(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether an anonymous request passes the statements that name everybody."""
    for policy in carried(resource):
        document = policy.document
        if isinstance(document, Document) and document.type == "resource":
            for lint in found(document, _statements):
                verdict = _open(resource, lint.key, document, facts)
                if verdict.possible:
                    yield bad(policy, lint, verdict)


_NARROWING = (
    "aws:Source*",
    "aws:Principal*",
    "aws:Vpc*",
    "aws:userid",
    "aws:username",
    "aws:FederatedProvider",
    "kms:CallerAccount",
    "s3:DataAccessPoint*",
    "lambda:EventSourceToken",
    "elasticfilesystem:AccessedViaMountTarget",
    "sns:Endpoint",
)
_SIGNED = ("aws_kms_key", "aws_ecr_repository")
_READ = "s3:GetObject"


def _statements(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect == "Allow" and statement.everybody and not narrows(statement, *_NARROWING):
            for text, what in patterns(statement):
                if what.actions and what.prefix.lower() != "execute-api":
                    place = (*statement.path, "Principal")
                    yield Lint(f"anybody may call {text.value}", statement, place, f"{what.prefix}:{_typical(what)}")
                    break


def _typical(what: Named) -> str:
    """The action by which a pattern is judged: one on a resource, one that reads before others."""
    return min(what.actions, key=lambda action: (not action.targets, "RWLTP".index(action.level), action.name)).name


def _open(resource: Resource, action: str, document: Document, facts: Facts) -> Verdict:
    if resource.kind in _SIGNED:
        denied = any(one.effect == "Deny" and one.everybody for one in document.statements)
        return depends("what the policy denies") if denied else yes()
    if action.startswith("s3:") and facts.can("anonymous", _READ, resource).verdict.possible:
        return no()  # said by aws-s3-bucket-public-read
    if resource.kind == "aws_opensearch_domain":
        # Inside a VPC the security groups stand before the policy, which AWS's page leaves open there. Whether
        # anybody searches it is said by aws-es-domain-readable-by-anyone.
        if facts.can("anonymous", "es:ESHttpGet", resource).verdict.possible:
            return no()
        return all_of((outside_network(resource), facts.can("anonymous", action, resource).verdict))
    return facts.can("anonymous", action, resource).verdict
