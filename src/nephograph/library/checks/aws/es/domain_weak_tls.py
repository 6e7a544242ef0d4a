"""Search domain that takes old versions of TLS.

## What
The endpoint's policy takes TLS 1.0 (`Policy-Min-TLS-1-0-2019-07`).

## Why
Old versions have known weaknesses. Low: clients choose a newer one where they can.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}
```
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
```

## Fix
Require TLS 1.2.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/infrastructure-security.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_opensearch_domain",
    severity=Severity.LOW,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_228", "AVD-AWS-0126"),
)
def domain_weak_tls(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain that takes old versions of TLS."""
    bad = test(
        domain,
        "tls_policy",
        when=lambda name: name == "Policy-Min-TLS-1-0-2019-07",
        says="tls_security_policy is {value}",
    )
    yield from bad_if(
        bad,
        "tls_policy",
        message=f"domain {domain.label} takes TLS 1.0",
        fix=set_field(domain, "Policy-Min-TLS-1-2-PFS-2023-10", "tls_policy", title="require TLS 1.2"),
    )
