"""Search domain that lets anonymous users in.

## What
Anonymous authentication of the domain is on.

## Why
It is there for the days of a migration; while it is on, nobody is asked who they are. High: it is open to whoever
reaches the endpoint.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  advanced_security_options {
    enabled                = true
    anonymous_auth_enabled = true
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  advanced_security_options {
    enabled                = true
    anonymous_auth_enabled = false
  }
}
```
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Fix
Turn it off when the migration is over.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
"""

from collections.abc import Iterator

import msgspec

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.HIGH, topics=("authentication", "public-exposure"))
def domain_anonymous(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain that lets anonymous users in."""
    bad = test(domain, "anonymous", when=lambda on: on is True, says="anonymous_auth_enabled is {value}")
    for finding in bad_if(
        bad,
        "anonymous",
        message=f"domain {domain.label} lets anonymous users in",
        fix=set_field(domain, False, "anonymous", title="let nobody in who does not log in", safe=False),
    ):
        yield msgspec.structs.replace(finding)
