"""ECR repository whose images are not scanned.

## What
Scan on push is off for the repository. (A registry may scan everything: code of the repository cannot show that.)

## Why
Known holes go out with the image and nobody is told. Low: the holes are not made here.

## Bad
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"

}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"
  image_scanning_configuration {
    scan_on_push = true
  }
}
```

## Fix
Turn scan on push on, or scan the whole registry.

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecr_repository",
    severity=Severity.LOW,
    topics=("supply-chain", "patching"),
    tools=("CKV_AWS_163", "AVD-AWS-0030"),
)
def repository_unscanned(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """Scan on push is off for the repository."""
    wrong = test(repository, "scan_on_push", when=lambda on: on is not True, says="scan_on_push is {value}")
    yield from bad_if(
        wrong,
        "scan_on_push",
        message=f"images of {repository.label} are not scanned",
        fix=set_field(repository, True, "scan_on_push", title="scan images when they are pushed"),
    )
