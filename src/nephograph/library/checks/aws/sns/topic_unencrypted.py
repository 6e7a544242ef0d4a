"""SNS topic that is not encrypted.

## What
No KMS key is named: SNS does not encrypt what it holds by itself.

## Why
Whoever gets at the storage under the topic reads messages on their way. Low: they stay there for a short time.

## Bad
```hcl
resource "aws_sns_topic" "orders" {
  name = "orders"

}
```

## Good
```hcl
resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/aws/sns"
}
```

## Fix
Name a KMS key; publishers need to use it.

## References
- https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_sns_topic", severity=Severity.LOW, topics=("encryption-at-rest",), tools=("CKV_AWS_26", "AVD-AWS-0095")
)
def topic_unencrypted(topic: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key is named: SNS does not encrypt what it holds by itself."""
    wrong = unset(topic, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "kms_key",
        message=f"topic {topic.label} is not encrypted",
    )
