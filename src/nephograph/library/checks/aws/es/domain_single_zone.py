"""Search domain in one zone.

## What
Zone awareness of the domain is off.

## Why
When the zone fails, searching and indexing stop. Low: it lets nobody in.

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
  cluster_config {
    instance_count         = 2
    zone_awareness_enabled = true
  }
}
```

## Fix
Spread nodes over zones.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.LOW, topics=("high-availability",))
def domain_single_zone(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain in one zone."""
    bad = test(domain, "zone_awareness", when=lambda on: on is not True, says="zone_awareness_enabled is {value}")
    yield from bad_if(bad, "zone_awareness", message=f"domain {domain.label} stands in one zone")
