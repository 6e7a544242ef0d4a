"""Search domain encrypted under a key of AWS.

## What
Encryption at rest is on, and no KMS key is named.

## Why
Who may decrypt cannot be told apart from who may use the domain. Info: encryption holds.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  encrypt_at_rest {
    enabled = true
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Fix
Name a customer managed key when the domain is made.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_opensearch_domain", severity=Severity.INFO, topics=("customer-managed-keys",))
def domain_without_own_key(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain encrypted under a key of AWS."""
    given = test(domain, "encryption", "enabled", when=lambda on: on is True, says="enabled is {value}")
    bad = under_key_of_aws(domain, "encryption", "kms_key", facts=facts)
    yield from bad_if(
        all_of((given, bad)), "encryption", "kms_key", message=f"domain {domain.label} is encrypted under a key of AWS"
    )
