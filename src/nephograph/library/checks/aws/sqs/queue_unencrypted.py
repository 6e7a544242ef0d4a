"""SQS queue that is not encrypted.

## What
Encryption by SQS is turned off and no KMS key is named. A queue that says neither is quiet: since October 2022 SQS
encrypts new queues by itself.

## Why
Whoever gets at the storage under the queue reads the messages that wait in it.

## Bad
```hcl
resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = false
}
```

## Good
```hcl
resource "aws_sqs_queue" "orders" {
  name = "orders"
}
```
```hcl
resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = "alias/aws/sqs"
}
```

## Fix
Let SQS encrypt the queue, or name a KMS key.

## References
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_sqs_queue", severity=Severity.MEDIUM, topics=("encryption-at-rest",), tools=("CKV_AWS_27", "AVD-AWS-0096")
)
def queue_unencrypted(queue: Resource, facts: Facts) -> Iterator[Bad]:
    """Neither SQS nor a key of KMS encrypts the queue."""
    off = test(queue, "managed_encryption", when=lambda on: on is False, says="sqs_managed_sse_enabled is {value}")
    keyless = test(queue, "kms_key", when=lambda key: key is None, says="its KMS key is {value}")
    yield from bad_if(
        all_of((off, keyless)),
        "managed_encryption",
        message=f"queue {queue.label} is not encrypted",
        fix=set_field(queue, True, "managed_encryption", title="let SQS encrypt the queue"),
    )
