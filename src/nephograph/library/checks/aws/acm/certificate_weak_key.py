"""Certificate with a key that is too short.

## What
The key is RSA with 1024 bits. 2048 bits, which ACM takes when nothing is said, are quiet.

## Why
Such keys can be broken by those with means. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024"
}
```

## Good
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  key_algorithm     = "RSA_2048"
}
```
```hcl
resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

}
```

## Fix
Take RSA_2048, or EC_prime256v1.

## References
- https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_acm_certificate", severity=Severity.MEDIUM, topics=("key-management", "encryption-in-transit"))
def certificate_weak_key(certificate: Resource, facts: Facts) -> Iterator[Bad]:
    """The key is RSA with 1024 bits."""
    wrong = test(
        certificate,
        "key_algorithm",
        when=lambda name: str(name).replace("-", "_") == "RSA_1024",
        says="its key is {value}",
    )
    yield from bad_if(
        wrong,
        "key_algorithm",
        message=f"the key of {certificate.label} is too short",
    )
