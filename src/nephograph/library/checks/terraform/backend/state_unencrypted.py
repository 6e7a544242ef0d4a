"""State whose encryption is not asked for.

## What
A backend of type s3 without `encrypt = true`. A bucket encrypts new objects by itself since January 2023, with keys
of S3: the argument has Terraform ask for it in every request, which policies of buckets may demand, and is needed for
a KMS key of your own. An argument that comes from outside (`-backend-config`) is not seen here.

## Why
State holds every value of every resource in plain text: generated passwords and private keys, too.

## Bad
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    use_lockfile = true
  }
}
```

## Good
```hcl
terraform {
  required_version = ">= 1.10, < 2.0"

  backend "s3" {
    bucket       = "acme-state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
```

## Fix
Write encrypt = true, and kms_key_id for a key of your own.

## References
- https://developer.hashicorp.com/terraform/language/backend/s3
- https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="terraform_backend",
    severity=Severity.LOW,
    topics=("encryption-at-rest",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def state_unencrypted(backend: Resource, facts: Facts) -> Iterator[Bad]:
    """The backend s3 does not say encrypt = true."""
    of_s3 = test(backend, "type", when=lambda type_: type_ == "s3", says="the backend is of type {value}")
    off = test(backend, "encrypt", when=lambda on: on is not True, says="encrypt is {value}")
    yield from bad_if(all_of((of_s3, off)), "encrypt", message="the backend does not ask for encryption of the state")
