"""EFS file system that is not encrypted.

## What
Encryption at rest of the file system is off; it can be chosen only when it is made.

## Why
Storage and backups are readable to whoever gets at them. Medium: it takes somebody who can.

## Bad
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
}
```

## Good
```hcl
resource "aws_efs_file_system" "shared" {
  creation_token = "shared"
  encrypted      = true
}
```

## Fix
Make an encrypted one and move the files.

## References
- https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_efs_file_system",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_42", "AVD-AWS-0037"),
)
def file_system_unencrypted(files: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS file system that is not encrypted."""
    bad = test(files, "encrypted", when=lambda on: on is not True, says="encrypted is {value}")
    yield from bad_if(
        bad,
        "encrypted",
        message=f"file system {files.label} is not encrypted",
        fix=set_field(files, True, "encrypted", title="encrypt the file system (it is replaced)", safe=False),
    )
