"""Password in an address.

## What
An address holds a user and a password: `postgres://app:…@host`. References, and passwords that are placeholders, are
quiet; so are files of tests and samples.

## Why
Addresses are logged, and handed on whole. High: a credential in the clear.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    database = "postgres://app:w8Kd-2pLx9@db.internal:5432/orders"
  }
}
```

## Good
```hcl
variable "password" {}

resource "null_resource" "job" {
  triggers = {
    database = "postgres://app:${var.password}@db.internal:5432/orders"
    sample   = "postgres://user:password@localhost/db"
  }
}
```

## Fix
Change the password, and put the address together where it is used.

## References
- https://www.rfc-editor.org/rfc/rfc3986#section-7.5
- https://cwe.mitre.org/data/definitions/798.html
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
    tools=("CKV_SECRET_4", "detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def password_in_address(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a credential, however often it is written."""
    yield from told(credential, "address")
