"""Certificate for every name of a domain.

## What
The certificate is for a wildcard.

## Why
Whoever gets one service that holds its key answers for all of them. Low: keys of ACM do not leave AWS.

## Bad
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
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
Ask for a certificate per service: they cost nothing.

## References
- https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Evidence, decided


@check(kind="aws_acm_certificate", severity=Severity.LOW, topics=("key-management",), tools=("CKV2_AWS_71",))
def certificate_wildcard(certificate: Resource, facts: Facts) -> Iterator[Bad]:
    """Its name is a wildcard."""
    name = certificate.get("domain")
    shown = name.symbol if isinstance(name, Unknown) else str(name)
    if isinstance(name, Unknown) and name.parts and isinstance(name.parts[0], str) and name.parts[0] != "*":
        # How it begins is known where the rest is not.
        wide = decided(shown.startswith("*."), Evidence.at(f"it is for {shown}", certificate, ("domain",)))
    else:
        wide = test(certificate, "domain", when=lambda name: str(name).startswith("*."), says="it is for {value}")
    yield from bad_if(wide, "domain", message=f"one certificate stands for every name of {shown}")
