"""EBS volume encrypted under a key of AWS.

## What
The volume is encrypted, and no KMS key is named: it is `aws/ebs`, or the account's default.

## Why
Snapshots under that key cannot be shared, and its policy cannot be written. Info: encryption holds.

## Bad
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
}
```

## Good
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = true
  kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
```hcl
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
  encrypted         = false
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_ebs_volume",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_189", "AVD-AWS-0027"),
)
def volume_without_own_key(volume: Resource, facts: Facts) -> Iterator[Bad]:
    """EBS volume encrypted under a key of AWS."""
    given = test(volume, "encrypted", when=lambda on: on is True, says="encrypted is {value}")
    bad = under_key_of_aws(volume, "kms_key", facts=facts)
    yield from bad_if(all_of((given, bad)), "kms_key", message=f"volume {volume.label} is encrypted under a key of AWS")
