"""Output that prints a secret.

## What
The value of an output is read from something that is named like a secret, or from a generated password or key, and
the output is neither `sensitive` nor `ephemeral`. What is said to be encrypted (`login_encrypted_password`) is quiet.

## Why
Whoever runs the configuration, and every log of it, gets the secret in plain text. (What a provider marks itself,
Terraform refuses to print: a variable, a local and nonsensitive() it does not.)

## Bad
```hcl
variable "db_password" {
  type = string
}

output "login" {
  value = "admin:${var.db_password}"
}
```

## Good
```hcl
variable "db_password" {
  type = string
}

output "login" {
  value     = "admin:${var.db_password}"
  sensitive = true
}
```
```hcl
resource "aws_secretsmanager_secret" "password" {
  name = "db"
}

output "password_arn" {
  value = aws_secretsmanager_secret.password.arn
}
```

## Fix
Write sensitive = true, or put out where the secret is kept instead of the secret.

## References
- https://developer.hashicorp.com/terraform/language/block/output#sensitive
"""

import re
from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of

# Only who holds the key can read it: an output of a module is named so where it hands out `encrypted_secret`.
_ENCRYPTED = re.compile(r"[._]encrypted_\w+(\[[^\]]*\])*$")


def _is_plain(reference: str) -> bool:
    return _ENCRYPTED.search(reference) is None


@check(
    kind="terraform_output",
    severity=Severity.LOW,
    topics=("secrets",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def secret_shown(output: Resource, facts: Facts) -> Iterator[Bad]:
    """An output of a secret is not sensitive."""
    shows = any_of(
        test(output, *path, when=_is_plain, says="it is read from what is named like a secret")
        for path in elements(output, "shows")
    )
    open_ = test(output, "sensitive", when=lambda on: on is not True, says="sensitive is {value}")
    kept = test(output, "ephemeral", when=lambda on: on is not True, says="ephemeral is {value}")
    yield from bad_if(all_of((shows, open_, kept)), "shows", message=f"output {output.label} prints a secret")
