"""Search domain that takes HTTP.

## What
The domain's endpoint does not enforce HTTPS.

## Why
Queries, documents and passwords go in the clear. Medium: it takes somebody on the way.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  domain_endpoint_options {
    enforce_https = false
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

## Fix
Enforce HTTPS.

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
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_83", "AVD-AWS-0046"),
)
def domain_plaintext(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain that takes HTTP."""
    bad = test(domain, "https_only", when=lambda on: on is False, says="enforce_https is {value}")
    yield from bad_if(
        bad,
        "https_only",
        message=f"domain {domain.label} takes HTTP",
        fix=set_field(domain, True, "https_only", title="take HTTPS only"),
    )
