"""Cache encrypted under a key of AWS.

## What
Encryption at rest is on, and no KMS key is named.

## Why
Who may decrypt cannot be told apart from who may use ElastiCache. Info: encryption holds.

## Bad
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = true
}
```

## Good
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = true
  kms_key_id                 = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
}
```

## Fix
Name a customer managed key.

## References
- https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
"""

from collections.abc import Iterator

from nephograph.library.own_keys import under_key_of_aws
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_elasticache_replication_group",
    severity=Severity.INFO,
    topics=("customer-managed-keys",),
    tools=("CKV_AWS_191",),
)
def replication_group_without_own_key(group: Resource, facts: Facts) -> Iterator[Bad]:
    """Cache encrypted under a key of AWS."""
    given = test(group, "encrypted", when=lambda on: on is True, says="encrypted is {value}")
    bad = under_key_of_aws(group, "kms_key", facts=facts)
    yield from bad_if(all_of((given, bad)), "kms_key", message=f"cache {group.label} is encrypted under a key of AWS")
