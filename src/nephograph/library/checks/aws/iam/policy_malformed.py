"""Policy that is not a JSON object.

## What
The text of a policy is known, and is not JSON: a comma too many, a quote too few, or a list where the document should
be. A text with pieces that are not known is judged when they are.

## Why
AWS refuses it when it is written; and until it can be read nobody can say what it allows.

## Bad
```hcl
resource "aws_iam_policy" "app" {
  name   = "app"
  policy = "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [,]}"
}
```
```yaml
Resources:
  App:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: app
      PolicyDocument: '{"Version": "2012-10-17", "Statement": [,]}'
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
```yaml
Resources:
  App:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: app
      PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-assets/*"}]}
```

## Fix
Write the policy with `jsonencode`, or as a policy document: then its text is always JSON.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterator

from nephograph.library.policies.documents import carried
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import depends, yes


@check(kind="aws_iam_policy", field="policy", severity=Severity.LOW, topics=("policy-validity",))
def policy_malformed(resource: Resource, facts: Facts) -> Iterator[Bad]:
    """Find the policies that could not be read as JSON."""
    for policy in carried(resource):
        said = policy.document
        if isinstance(said, Unknown) and said.reason is Reason.INVALID and said.detail.startswith("policy is not"):
            yield Bad(f"{policy.words}: {said.detail}", yes(), policy.path, key=policy.name)
        elif isinstance(said, Unknown) and resource.kind == "aws_iam_policy":
            # Told once, and not by each check of statements. (Policies that resources carry are asked about by those
            # who ask who may do what.)
            yield Bad(f"{policy.words} is not known", depends(str(said)), policy.path, key=policy.name)
