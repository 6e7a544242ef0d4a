"""Search domain that is not encrypted.

## What
Encryption at rest of the domain is off: indices, logs and snapshots are in the clear.

## Why
Disks and snapshots are readable to whoever copies them. Medium: it takes somebody who can.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  encrypt_at_rest {
    enabled = true
  }
}
```

## Fix
Turn encryption at rest on.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_opensearch_domain",
    severity=Severity.MEDIUM,
    topics=("encryption-at-rest",),
    tools=("CKV_AWS_5", "CKV_AWS_247", "AVD-AWS-0048"),
)
def domain_unencrypted(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain that is not encrypted."""
    bad = test(domain, "encryption", "enabled", when=lambda on: on is not True, says="encrypt_at_rest is {value}")
    yield from bad_if(
        bad,
        "encryption",
        "enabled",
        message=f"domain {domain.label} is not encrypted at rest",
        fix=set_field(domain, True, "encryption", "enabled", title="encrypt the domain", safe=False),
    )
