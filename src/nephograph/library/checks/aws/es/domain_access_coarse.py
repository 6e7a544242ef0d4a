"""Search domain without users and roles of its own.

## What
Fine-grained access control is off: whoever may send requests may read every index.

## Why
One role too wide, and all documents are open; there is no audit log without it either. Low: it needs a way in first.

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
  advanced_security_options {
    enabled = true
    master_user_options {
      master_user_arn = "arn:aws:iam::111122223333:role/search-admin"
    }
  }
}
```

## Fix
Turn fine-grained access control on.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.LOW, topics=("least-privilege", "authentication"))
def domain_access_coarse(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain without users and roles of its own."""
    bad = test(
        domain, "fine_grained_access", when=lambda on: on is not True, says="advanced_security_options is {value}"
    )
    yield from bad_if(bad, "fine_grained_access", message=f"whoever may ask domain {domain.label} may read every index")
