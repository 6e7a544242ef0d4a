"""Certificate that is kept out of the public logs.

## What
Transparency logging is disabled.

## Why
Browsers distrust it, and a false certificate beside it is not noticed. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  options {
    certificate_transparency_logging_preference = "DISABLED"
  }
}
```

## Good
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  options {
    certificate_transparency_logging_preference = "ENABLED"
  }
}
```
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

}
```

## Fix
Leave it enabled.

## References
- https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_acm_certificate", severity=Severity.LOW, topics=("monitoring",), tools=("CKV_AWS_234",))
def certificate_unlogged(certificate: Resource, facts: Facts) -> Iterator[Bad]:
    """Transparency logging is disabled."""
    wrong = test(
        certificate, "transparency_logging", when=lambda on: on is False, says="transparency logging is {value}"
    )
    yield from bad_if(
        wrong,
        "transparency_logging",
        message=f"the certificate for {certificate.label} is in no public log",
    )
