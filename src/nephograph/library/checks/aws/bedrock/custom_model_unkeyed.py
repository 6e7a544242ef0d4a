"""Custom model that no key of yours encrypts.

## What
No KMS key is named for the model that comes out of the job.

## Why
A model that was trained on your data can give it back. Access to it cannot be cut off by a key of yours. Low: Bedrock
encrypts it with a key of its own.

## Bad
```hcl
resource "aws_bedrock_custom_model" "shop" {
  custom_model_name     = "shop"
  job_name              = "shop-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1"
  role_arn              = "arn:aws:iam::111122223333:role/training"
  hyperparameters       = { epochCount = "1" }

  training_data_config {
    s3_uri = "s3://acme-training/orders.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-training/out/"
  }
}
```

## Good
```hcl
resource "aws_bedrock_custom_model" "shop" {
  custom_model_name     = "shop"
  job_name              = "shop-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1"
  role_arn              = "arn:aws:iam::111122223333:role/training"
  hyperparameters       = { epochCount = "1" }
  custom_model_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"

  training_data_config {
    s3_uri = "s3://acme-training/orders.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-training/out/"
  }
}
```

## Fix
Name a KMS key. A model that is there is made anew.

## References
- https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_bedrock_custom_model",
    severity=Severity.LOW,
    topics=("customer-managed-keys", "encryption-at-rest"),
)
def custom_model_unkeyed(model: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key of yours is named."""
    wrong = under_key_of_aws(model, "kms_key", facts=facts)
    yield from bad_if(wrong, "kms_key", message=f"custom model {model.label} is encrypted with no key of yours")
