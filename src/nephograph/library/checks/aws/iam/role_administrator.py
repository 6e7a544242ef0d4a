"""IAM role that may do everything.

## What
The role's policies, after its permission boundary, allow every action on every resource.

## Why
Whoever gets hold of it owns the account: there is nothing left to contain.

## Bad
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
```
```yaml
Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ec2.amazonaws.com}}]
      Policies:
        - PolicyName: app
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
```

## Good
```hcl
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "app" {
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-assets/*" }]
  })
}
```
```yaml
Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ec2.amazonaws.com}}]
      Policies:
        - PolicyName: app
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-assets/*"}]
```

## Fix
Grant what the workload uses; keep administration for people, with a boundary for what they create.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol


@check(
    kind="aws_iam_role",
    severity=Severity.MEDIUM,
    topics=("least-privilege",),
    tools=("CKV_AWS_62", "CKV_AWS_274", "AVD-AWS-0057"),
)
def role_administrator(role: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine for administrators by effective permission."""
    for fact in facts.query("administrator", (role.urn, None)):
        if fact.verdict.possible:
            where = "its account" if has_symbol(fact.args[1]) else fact.args[1]
            yield Bad(
                message=f"role {role.label} may do everything in {where}",
                verdict=fact.verdict,
            )
