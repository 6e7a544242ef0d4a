"""Search domain without dedicated masters.

## What
The domain has three data nodes or more, and no dedicated master nodes.

## Why
A loaded data node that is also the master takes the whole domain down. Info: a small domain does without.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  cluster_config {
    instance_count = 3
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  cluster_config {
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
  }
}
```
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Fix
Add three dedicated masters.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.INFO, topics=("high-availability",), tools=("CKV_AWS_318",))
def domain_without_masters(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain without dedicated masters."""
    nodes = domain.get("instances")
    if not isinstance(nodes, int | float) or nodes < 3:
        return
    bad = test(domain, "dedicated_masters", when=lambda on: on is not True, says="dedicated_master_enabled is {value}")
    yield from bad_if(bad, "dedicated_masters", message=f"domain {domain.label} has no dedicated masters")
