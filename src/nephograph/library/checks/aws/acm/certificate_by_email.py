"""Certificate that somebody has to renew by mail.

## What
The certificate is validated by email: each year a person has to answer.

## Why
When nobody does, it expires and the service with it. Low: it is a matter of uptime.

## Bad
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "EMAIL"
}
```

## Good
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}
```

## Fix
Validate by DNS: ACM renews it then.

## References
- https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_acm_certificate", severity=Severity.LOW, topics=("high-availability", "key-management"))
def certificate_by_email(certificate: Resource, facts: Facts) -> Iterator[Bad]:
    """The certificate is validated by email: each year a person has to answer."""
    wrong = test(certificate, "validation", when=lambda how: how == "EMAIL", says="it is validated by {value}")
    yield from bad_if(
        wrong,
        "validation",
        message=f"somebody has to renew {certificate.label} by mail",
    )
