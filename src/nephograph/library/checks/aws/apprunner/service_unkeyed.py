"""App Runner service that no key of yours encrypts.

## What
No KMS key is named.

## Why
Access to the copy of your image cannot be cut off by a key of yours. Info: App Runner encrypts it.

## Bad
```hcl
resource "aws_apprunner_service" "web" {
  service_name = "web"
  source_configuration {
    image_repository {
      image_identifier      = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"
      image_repository_type = "ECR"
    }
  }

}
```

## Good
```hcl
resource "aws_apprunner_service" "web" {
  service_name = "web"
  source_configuration {
    image_repository {
      image_identifier      = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"
      image_repository_type = "ECR"
    }
  }
  encryption_configuration {
    kms_key = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
  }
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/apprunner/latest/dg/security-data-protection-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_apprunner_service", severity=Severity.INFO, topics=("customer-managed-keys",))
def service_unkeyed(service: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key is named."""
    wrong = unset(service, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "kms_key",
        message=f"{service.label} is encrypted with no key of yours",
    )
