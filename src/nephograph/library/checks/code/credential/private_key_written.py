"""Private key written in code.

## What
A file holds a private key: its header and what follows. A header alone, a public key, a certificate and a key that is
encrypted with a pass phrase (told as low) are other things.

## Why
Whoever reads the repository signs and logs in as its owner. High: a credential in the clear.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    deploy_key = <<EOT
-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gt
-----END OPENSSH PRIVATE KEY-----
EOT
  }
}
```

## Good
```hcl
resource "null_resource" "job" {
  triggers = {
    deploy_key = file("~/.ssh/deploy")
    hint       = "the file begins with -----BEGIN OPENSSH PRIVATE KEY-----"
  }
}
```

## Fix
Make a new pair, trust the new public key in place of the old one, and keep the private key in a store for secrets.

## References
- https://www.rfc-editor.org/rfc/rfc7468
- https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.library.written import told
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="code_credential",
    severity=Severity.HIGH,
    topics=("secrets",),
    tools=("CKV_SECRET_13", "private-key", "detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def private_key_written(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a credential, however often it is written."""
    yield from told(credential, "private-key")
