"""Credential in code that is a sample, or stands in one.

## What
A key of AWS's own documentation, a key of a sandbox, or a credential of known form in a file of tests, samples or
documentation. Info: most of these open nothing; those that do are easily overlooked.

## Why
A real credential among samples is copied with them, and nobody looks twice.

## Bad
```hcl
resource "null_resource" "job" {
  triggers = {
    access_key = "AKIAIOSFODNN7EXAMPLE"
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

## Fix
Make sure that it opens nothing; write what can be no credential (`<access key>`).

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
- https://cwe.mitre.org/data/definitions/798.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.library.written import place_of, samples
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(
    kind="code_credential",
    severity=Severity.INFO,
    topics=("secrets",),
    tools=("detect-secrets", "gitleaks", "trufflehog", "ggshield"),
)
def sample_written(credential: Resource, facts: Facts) -> Iterator[Bad]:
    """One finding a credential, however often it is written."""
    found = samples(credential)
    if found:
        shown = credential.get("what")
        proof = [Evidence.at(f"it stands in {place_of(credential, at)}", credential, at) for at in found]
        yield Bad(
            f"{shown} that reads like a sample is written in {place_of(credential, found[0])}", yes(*proof), found[0]
        )
