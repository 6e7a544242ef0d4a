"""ECR repository that keeps every image.

## What
The repository has no lifecycle policy.

## Why
Old images are paid for forever, and old holes stay at hand. Info: it costs money.

## Bad
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}
```
```yaml
Resources:
  Web:
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: web}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}

resource "aws_ecr_lifecycle_policy" "web" {
  repository = aws_ecr_repository.web.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
      action       = { type = "expire" }
    }]
  })
}
```
```yaml
Resources:
  Web:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: web
      LifecyclePolicy:
        LifecyclePolicyText: '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged"}}]}'
```

## Fix
Add a lifecycle policy.

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecr_repository", severity=Severity.INFO, topics=("cost", "data-retention"))
def repository_endless(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """The repository has no lifecycle policy."""
    off = test(repository, "lifecycle", when=lambda on: on is not True, says="its lifecycle policy is {value}")
    yield from bad_if(off, "lifecycle", message=f"{repository.label} keeps every image")
