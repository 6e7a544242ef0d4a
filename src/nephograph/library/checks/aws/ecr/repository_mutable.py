"""ECR repository whose tags can be moved.

## What
Tags of the repository are mutable.

## Why
Whoever may push puts another image under a tag that is already deployed. Low: pushing comes first.

## Bad
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name                 = "web"
  image_tag_mutability = "IMMUTABLE"
}
```
```hcl
resource "aws_ecr_repository" "web" {
  name                 = "web"
  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"
  image_tag_mutability_exclusion_filter {
    filter      = "latest*"
    filter_type = "WILDCARD"
  }
}
```

## Fix
Make tags immutable.

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecr_repository",
    severity=Severity.LOW,
    topics=("immutability", "supply-chain"),
    tools=("CKV_AWS_51", "AVD-AWS-0031"),
)
def repository_mutable(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """Tags of the repository are mutable."""
    wrong = test(
        repository,
        "tag_mutability",
        when=lambda mode: not str(mode).startswith("IMMUTABLE"),
        says="its tags are {value}",
    )
    yield from bad_if(
        wrong,
        "tag_mutability",
        message=f"tags of {repository.label} can be moved",
        fix=set_field(repository, "IMMUTABLE", "tag_mutability", title="make tags immutable", safe=False),
    )
