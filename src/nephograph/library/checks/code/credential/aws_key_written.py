"""Access key of AWS written in code.

## What
The id of an access key stands in a file. With its secret beside it, it opens what its user may do; where the key is
one of a user of the estate, the finding says of whom. The keys of AWS's own documentation, which end in EXAMPLE, are
told by another check. In Dockerfiles the checks of stages tell it.

## Why
Whoever reads the repository, or a copy of it, acts as the user. High with its secret: a credential in the clear.
Medium where only the id is in sight: it tells the account, and where the secret has to be. Low for temporary keys,
which end by themselves.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    access_key = "AKIAQX4BIJ7RNZ2WKLMT"
    secret_key = "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"
  }
}
```

## Good
```hcl
variable "access_key" {}

resource "null_resource" "job" {
  triggers = {
    access_key = var.access_key
  }
}
```
```hcl
resource "null_resource" "job" {
  triggers = {
    documented = "AKIAIOSFODNN7EXAMPLE"
  }
}
```

## Fix
Turn the key off, look in CloudTrail for what it was used for, and give who needs access a role.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from collections.abc import Iterator

import msgspec

from nephograph.library.sdk import Bad, check
from nephograph.library.written import told
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="code_credential",
    severity=Severity.HIGH,
    topics=("secrets",),
    tools=("CKV_SECRET_2", "aws-access-token", "detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def aws_key_written(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a key, however often it is written."""
    for bad in told(credential, "aws"):
        users = [
            user
            for key in facts.attached(credential, "opens", "aws_iam_access_key")
            if key.get("status") != "Inactive"
            for user in facts.attached(key, "key_of", "aws_iam_user")
        ]
        more = tuple(Evidence.at(f"it is a key of user {user.label}", user, ()) for user in users)
        severity = bad.severity or (None if users or credential.get("whole") is True else Severity.MEDIUM)
        verdict = yes(*bad.verdict.because, *more) if more else bad.verdict
        yield msgspec.structs.replace(bad, verdict=verdict, severity=severity)
