"""Policy that is larger than AWS takes.

## What
The document, without white space, is longer than its quota: 6,144 characters for a managed policy; 2,048, 5,120 and
10,240 for all inline policies of a user, group and role together; 20 KB for a bucket's policy and 32 KB for a key's;
5,120 for a service control or resource control policy;
for a trust policy 2,048, which can be raised to 8,192 (between the two it depends). A piece that is not known counts
as nothing.

## Why
The apply fails, often half way through a change of permissions.

## Bad
```hcl
locals {
  buckets = [for n in range(300) : "arn:aws:s3:::acme-assets-${n}/*"]
}

resource "aws_iam_policy" "app" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = local.buckets }]
  })
}
```

```hcl
locals {
  regions = [for n in range(300) : "eu-region-${n}-kept"]
}

resource "aws_organizations_policy" "regions" {
  name = "regions"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "ec2:*"
      Resource  = "*"
      Condition = { StringNotEquals = { "aws:RequestedRegion" = local.regions } }
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
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```

## Fix
Name resources by a pattern or a tag, use wildcards where they are exact, or split the policy.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
- https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
- https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import Carried, Document, carried
from nephograph.library.policies.lint import Lint, bad
from nephograph.library.policies.size import size
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import yes


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_size_exceeded(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Measure the documents, and inline policies together."""
    held = [(policy, policy.document) for policy in carried(resource) if isinstance(policy.document, Document)]
    inline = [(policy, document) for policy, document in held if policy.path[0] == "inline_policies"]
    limit = _INLINE.get(resource.kind, 0)
    total = sum(size(document) for _, document in inline)
    if inline and total > limit:
        message = f"inline policies of {resource.label} have {total} characters together, and AWS takes {limit}"
        yield Bad(message, yes(), ("inline_policies",))
    for policy, document in held:
        if policy.path[0] != "inline_policies":
            yield from _own(policy, document)


_INLINE = {"aws_iam_user": 2048, "aws_iam_group": 5120, "aws_iam_role": 10240}
_OWN = {"aws_iam_policy": 6144, "aws_s3_bucket": 20480, "aws_kms_key": 32768, "aws_organizations_policy": 5120}
_TRUST, _TRUST_RAISED = 2048, 8192


def _own(policy: Carried, document: Document) -> Iterator[Bad]:
    limit = _TRUST if document.type == "trust" else _OWN.get(policy.resource.kind, 0)
    length = size(document)
    if not limit or length <= limit:
        return
    unsure = document.type == "trust" and length <= _TRUST_RAISED
    unless = ("whether the quota of trust policies was raised",) if unsure else ()
    yield bad(policy, Lint(f"{length} characters, and AWS takes {limit}", None, (), unless=unless))
