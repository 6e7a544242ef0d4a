"""Name that points to a CloudFront distribution which does not claim it.

## What
An alias leads to a distribution of this estate, and the distribution does not list the name among its aliases. A
distribution with a wildcard that covers it is quiet, and so is one that is not seen here.

## Why
Whoever claims the name on a distribution of their own answers for it, with your domain above. Medium: CloudFront asks
for a certificate of the name, which such a record can help to get.

## Bad
```hcl
resource "aws_route53_record" "site" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "A"
  alias {
    name                   = aws_cloudfront_distribution.shop.domain_name
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    domain_name = "origin.example.com"
    origin_id   = "shop"
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```
```yaml
Resources:
  Site:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789ABCDEFGHIJ
      Name: shop.example.com
      Type: A
      AliasTarget: {DNSName: !GetAtt Shop.DomainName, HostedZoneId: Z2FDTNDATAQYW2}
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: shop, DomainName: origin.example.com}]
        DefaultCacheBehavior: {TargetOriginId: shop, ViewerProtocolPolicy: https-only}
```

## Good
```hcl
resource "aws_route53_record" "site" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "A"
  alias {
    name                   = aws_cloudfront_distribution.shop.domain_name
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  aliases = ["shop.example.com"]
  origin {
    domain_name = "origin.example.com"
    origin_id   = "shop"
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "https-only"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
```
```yaml
Resources:
  Site:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneId: Z0123456789ABCDEFGHIJ
      Name: shop.example.com
      Type: A
      AliasTarget: {DNSName: !GetAtt Shop.DomainName, HostedZoneId: Z2FDTNDATAQYW2}
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [shop.example.com]
        Origins: [{Id: shop, DomainName: origin.example.com}]
        DefaultCacheBehavior: {TargetOriginId: shop, ViewerProtocolPolicy: https-only}
```

## Fix
Add the name to the distribution's aliases, or take the record away.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html
"""

from collections.abc import Iterator
from functools import partial

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown


def _unclaimed(name: str, aliases: list[object] | None) -> bool:
    """Is neither the name nor a wildcard that covers it among these? An alias that is not known may be it."""
    plain = name.rstrip(".").lower()
    wildcard = f"*.{plain.partition('.')[2]}"
    known = [None if is_unknown(alias) else str(alias).rstrip(".").lower() for alias in aliases or ()]
    return not {None, plain, wildcard} & set(known)


@check(kind="aws_route53_record", severity=Severity.MEDIUM, topics=("public-exposure",))
def record_unclaimed(record: Resource, facts: Facts) -> Iterator[Bad]:
    """The distribution that the alias leads to does not list the name."""
    for target in facts.attached(record, "points_to", "aws_cloudfront_distribution"):
        name = record.get("name")
        if not isinstance(name, str):
            continue
        unclaimed = test(target, "aliases", when=partial(_unclaimed, name), says="its aliases are {value}")
        yield from bad_if(
            unclaimed, "alias", message=f"{target.label} does not claim {name.rstrip('.')}, which leads to it"
        )
