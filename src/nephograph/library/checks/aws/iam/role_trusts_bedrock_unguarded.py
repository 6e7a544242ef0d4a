"""Role that Bedrock may take for whatever agent, job or knowledge base.

## What
The trust policy of the role admits `bedrock.amazonaws.com`, and no condition demands `aws:SourceArn`,
`aws:SourceAccount` or an organization form of them.

## Why
Bedrock acts for everybody, and AWS tells to name the account and resource for which it may take the role. Low: to give
the role to a resource of Bedrock takes `iam:PassRole` in the role's own account.

## Bad
```hcl
resource "aws_iam_role" "desk" {
  name = "desk"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock.amazonaws.com" }
    }]
  })
}
```
```yaml
Resources:
  Desk:
    Type: AWS::IAM::Role
    Properties:
      RoleName: desk
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: bedrock.amazonaws.com}
```

## Good
```hcl
resource "aws_iam_role" "desk" {
  name = "desk"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111122223333" }
        ArnLike      = { "aws:SourceArn" = "arn:aws:bedrock:eu-west-1:111122223333:agent/*" }
      }
    }]
  })
}
```
```hcl
resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}
```
```yaml
Resources:
  Desk:
    Type: AWS::IAM::Role
    Properties:
      RoleName: desk
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal: {Service: bedrock.amazonaws.com}
            Condition:
              StringEquals: {"aws:SourceAccount": "111122223333"}
```

## Fix
Demand `aws:SourceAccount` of your account, and `aws:SourceArn` of the agent, job or knowledge base.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from collections.abc import Iterator

from nephograph.library.policies.deputies import tied_to_source
from nephograph.library.policies.documents import Document
from nephograph.library.policies.lint import Lint, linted
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_role", severity=Severity.LOW, topics=("confused-deputy",))
def role_trusts_bedrock_unguarded(role: Resource, facts: Facts) -> Iterator[Bad]:
    """Look for Bedrock among the principals, with nothing that ties it to a source."""
    yield from linted(role, _unguarded, "trust")


def _unguarded(document: Document) -> Iterator[Lint]:
    for statement in document.statements:
        if statement.effect != "Allow" or statement.principal_name != "Principal":
            continue
        named = [p for p in statement.principals if p.type == "Service" and p.text.value == "bedrock.amazonaws.com"]
        if named and not tied_to_source(document, statement):
            message = "Bedrock may take it for anything: no aws:SourceArn or aws:SourceAccount is demanded"
            yield Lint(message, statement, named[0].text.path)
