"""Token of a service written in code.

## What
A file holds a token whose form its maker documents: of GitHub, GitLab, Slack, Stripe, npm, PyPI, Google, Vault and
others. Keys of sandboxes, and tokens in files of tests and samples, are told by another check; made-up ones (xxxx)
are quiet.

## Why
Whoever reads the repository acts with it. High: a credential in the clear.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    registry = "ghp_wT7kQ2mZ9xR4vB6nL1cJ8sD3fG5hP0yAe2Uq"
  }
}
```

## Good
```hcl
variable "github_token" {
  sensitive = true
}

resource "null_resource" "job" {
  triggers = {
    registry = var.github_token
    form     = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
  }
}
```

## Fix
Revoke the token where it was made, make another, and keep that in a store for secrets.

## References
- https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
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
    tools=("CKV_SECRET_43", "github-pat", "detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def token_written(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a credential, however often it is written."""
    yield from told(credential, "token")
