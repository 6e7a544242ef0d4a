"""EFS file system encrypted under a key of AWS.

## What
The file system is encrypted, and no KMS key is named.

## Why
Who may decrypt cannot be told apart from who may use EFS. Info: encryption holds.

## Bad
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
  encrypted      = true
}
```

## Good
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
  encrypted      = true
  kms_key_id     = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
}
```

## Fix
Name a customer managed key when the file system is made.

## References
- https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_efs_file_system", severity=Severity.INFO, topics=("customer-managed-keys",), tools=("CKV_AWS_184",))
def file_system_without_own_key(files: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS file system encrypted under a key of AWS."""
    given = test(files, "encrypted", when=lambda on: on is True, says="encrypted is {value}")
    bad = under_key_of_aws(files, "kms_key", facts=facts)
    yield from bad_if(
        all_of((given, bad)), "kms_key", message=f"file system {files.label} is encrypted under a key of AWS"
    )
