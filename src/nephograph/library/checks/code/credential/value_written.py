"""Value that reads like a credential written in code.

## What
A name that speaks of a credential (password, secret, token, API key) has a value that is written out and could be
one. References, pointers to a store, placeholders, names of things, encrypted values, and files of tests and samples
are quiet; so are blocks of Terraform and templates of CloudFormation that checks of their own look at.

## Why
Whoever reads the repository has it. Medium: the name tells it, not the form.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    db_password = "w8Kd-2pLx9"
  }
}
```

## Good
```hcl
variable "db" {}

resource "null_resource" "job" {
  triggers = {
    db_password    = var.db
    admin_password = "changeme"
    api_token      = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api"
    secret_name    = "orders/database"
  }
}
```

## Fix
Keep it in a store for secrets, refer to it there, and change it: it has leaked.

## References
- https://cwe.mitre.org/data/definitions/798.html
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
    severity=Severity.MEDIUM,
    topics=("secrets",),
    tools=("CKV_SECRET_6", "generic-api-key", "detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def value_written(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a credential, however often it is written."""
    yield from told(credential, "assigned")
