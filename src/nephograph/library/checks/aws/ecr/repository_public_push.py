"""ECR repository into which any AWS account pushes.

## What
The repository's policy lets everybody put images. The verdict is the identity engine's.

## Why
Anybody puts their program where yours is started from. Critical: it hands over whatever runs the image.

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
      Action    = ["ecr:PutImage", "ecr:GetDownloadUrlForLayer"]
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
      Action    = ["ecr:PutImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
```

## Fix
Name the role of your build.

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecr_repository", severity=Severity.CRITICAL, topics=("public-exposure", "supply-chain"))
def repository_public_push(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask the engine whether anybody may put an image."""
    decision = facts.can("anonymous", "ecr:PutImage", repository)
    yield from bad_if(decision.verdict, "policy", message=f"any AWS account pushes images into {repository.label}")
