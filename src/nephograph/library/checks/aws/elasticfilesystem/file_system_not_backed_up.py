"""EFS file system without automatic backups.

## What
The backup policy of the file system is off. A plan of AWS Backup that selects it by tag is not seen here.

## Why
A wrong `rm -r` or ransomware ends the files. Low: it lets nobody in.

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
}
resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  backup_policy {
    status = "ENABLED"
  }
}
```

## Fix
Turn automatic backups on.

## References
- https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_efs_file_system", severity=Severity.LOW, topics=("backup-and-recovery",))
def file_system_not_backed_up(files: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS file system without automatic backups."""
    bad = test(files, "backup", when=lambda on: on is not True, says="its backup policy is {value}")
    yield from bad_if(bad, "backup", message=f"file system {files.label} is not backed up")
