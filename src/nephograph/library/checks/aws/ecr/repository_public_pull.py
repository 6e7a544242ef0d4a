"""ECR repository from which any AWS account pulls.

## What
The repository's policy lets everybody fetch images. The verdict is the identity engine's: a condition that leaves
your organization alone is no finding.

## Why
Images hold your code, and often more. Medium: an account of AWS is asked for, which anybody has.

## Bad
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}

resource "aws_ecr_repository_policy" "web" {
  repository = aws_ecr_repository.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}

resource "aws_ecr_repository_policy" "web" {
  repository = aws_ecr_repository.web.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
```

## Fix
Name the accounts, or ask for your organization (aws:PrincipalOrgID).

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecr_repository",
    severity=Severity.MEDIUM,
    topics=("public-exposure",),
    tools=("CKV_AWS_32", "AVD-AWS-0032"),
)
def repository_public_pull(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may fetch an image."""
    decision = facts.can("anonymous", "ecr:BatchGetImage", repository)
    yield from bad_if(decision.verdict, "policy", message=f"any AWS account pulls images of {repository.label}")
