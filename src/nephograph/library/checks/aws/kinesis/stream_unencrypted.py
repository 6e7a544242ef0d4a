"""Kinesis stream that is not encrypted.

## What
Server-side encryption of the stream is off.

## Why
Whoever gets at the storage under the stream reads a day of records or more. Medium: one has to get at the storage.

## Bad
```hcl
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1

}
```

## Good
```hcl
resource "aws_kinesis_stream" "clicks" {
  name            = "clicks"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}
```

## Fix
Turn encryption on with a KMS key.

## References
- https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_kinesis_stream",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_43", "AVD-AWS-0064"),
)
def stream_unencrypted(stream: Resource, facts: Facts) -> Iterator[Bad]:
    """Server-side encryption of the stream is off."""
    wrong = test(stream, "encrypted", when=lambda on: on is not True, says="encryption is {value}")
    yield from bad_if(
        wrong,
        "encrypted",
        message=f"stream {stream.label} is not encrypted",
    )
