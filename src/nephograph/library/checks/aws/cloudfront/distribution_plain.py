"""CloudFront distribution that answers in the clear.

## What
A cache behaviour allows HTTP (allow-all). One that redirects is quiet.

## Why
Everybody on the way reads and changes what people send and get. Medium: one has to be on the way.

## Bad
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    domain_name = "shop.example.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "allow-all"

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
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
        - Id: shop
          DomainName: shop.example.com
          CustomOriginConfig:
            OriginProtocolPolicy: https-only
            OriginSSLProtocols:
            - TLSv1.2
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: allow-all
        Restrictions:
          GeoRestriction:
            RestrictionType: none
        ViewerCertificate:
          CloudFrontDefaultCertificate: true
```

## Good
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    domain_name = "shop.example.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"

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
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
        - Id: shop
          DomainName: shop.example.com
          CustomOriginConfig:
            OriginProtocolPolicy: https-only
            OriginSSLProtocols:
            - TLSv1.2
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: redirect-to-https
        Restrictions:
          GeoRestriction:
            RestrictionType: none
        ViewerCertificate:
          CloudFrontDefaultCertificate: true
```

## Fix
Redirect to HTTPS.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_cloudfront_distribution",
    severity=Severity.MEDIUM,
    topics=("encryption-in-transit",),
    tools=("CKV_AWS_34", "AVD-AWS-0012"),
)
def distribution_plain(distribution: Resource, facts: Facts) -> Iterator[Bad]:
    """One of its behaviours allows HTTP."""
    for at in elements(distribution, "behaviors"):
        plain = test(
            distribution, *at, "viewer_protocol", when=lambda policy: policy == "allow-all", says="viewers are {value}"
        )
        yield from bad_if(plain, *at, "viewer_protocol", message=f"{distribution.label} answers in the clear")
