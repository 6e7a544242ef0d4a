"""Data source whose documents no key of yours encrypts while they are taken in.

## What
No KMS key is named for what Bedrock holds while it takes in the documents.

## Why
The documents are copied for the time of an ingestion. Access to the copies cannot be cut off by a key of yours. Low:
Bedrock encrypts them, and takes them away afterwards.

## Bad
```hcl
resource "aws_bedrockagent_data_source" "files" {
  knowledge_base_id = "KB00000001"
  name              = "files"

  data_source_configuration {
    type = "S3"
    s3_configuration {
      bucket_arn = "arn:aws:s3:::acme-docs"
    }
  }
}
```

## Good
```hcl
resource "aws_bedrockagent_data_source" "files" {
  knowledge_base_id = "KB00000001"
  name              = "files"

  data_source_configuration {
    type = "S3"
    s3_configuration {
      bucket_arn = "arn:aws:s3:::acme-docs"
    }
  }

  server_side_encryption_configuration {
    kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
  }
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrockagent_data_source",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
)
def data_source_unkeyed(source: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key of yours is named."""
    wrong = under_key_of_aws(source, "kms_key", facts=facts)
    yield from bad_if(wrong, "kms_key", message=f"what {source.label} takes in is encrypted with no key of yours")
