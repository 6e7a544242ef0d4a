"""ECR repository encrypted with a key of AWS.

## What
Images are encrypted with AES256 or with no key of yours.

## Why
Access to the layers cannot be cut off by a key of yours. Info: they are encrypted.

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
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
  }
}
```

## Fix
Name a KMS key when the repository is created.

## References
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_ecr_repository",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_136", "AVD-AWS-0033"),
)
def repository_unkeyed(repository: Resource, facts: Facts) -> Iterator[Bad]:
    """Images are encrypted with AES256 or with no key of yours."""
    wrong = unset(repository, "encryption", "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "encryption",
        "kms_key",
        message=f"images of {repository.label} are encrypted with no key of yours",
    )
