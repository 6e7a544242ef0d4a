"""EFS file system that may be mounted without TLS.

## What
No statement of the file system's policy refuses connections without TLS (`aws:SecureTransport`).

## Why
Files go through the network in the clear when a client forgets the option. Low: it takes somebody in the network.

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
resource "aws_efs_file_system_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
```

## Fix
Deny everything without TLS in the file system's policy.

## References
- https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check
from nephograph.library.transport import refuses_plaintext
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import negate


@check(kind="aws_efs_file_system", severity=Severity.LOW, topics=("encryption-in-transit",))
def file_system_plaintext_allowed(files: Resource, facts: Facts) -> Iterator[Bad]:
    """EFS file system that may be mounted without TLS."""
    refused = refuses_plaintext(files, "elasticfilesystem:ClientMount")
    yield from bad_if(negate(refused), "policy", message=f"file system {files.label} may be mounted without TLS")
