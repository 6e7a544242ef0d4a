"""CloudFront distribution that serves every country.

## What
No geographic restriction is set.

## Why
Where a service has customers in a few countries alone, all others are attackers. Info: most are for everybody.

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
      restriction_type = "whitelist"
      locations        = ["DE", "FR"]
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
            RestrictionType: whitelist
            Locations:
            - DE
            - FR
        ViewerCertificate:
          CloudFrontDefaultCertificate: true
```

## Fix
Name the countries you serve.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_cloudfront_distribution", severity=Severity.INFO, topics=("public-exposure",), tools=("CKV_AWS_374",))
def distribution_open_to_every_country(distribution: Resource, facts: Facts) -> Iterator[Bad]:
    """No geographic restriction is set."""
    wrong = test(distribution, "geo_restriction", when=lambda type_: type_ == "none", says="its restriction is {value}")
    yield from bad_if(wrong, "geo_restriction", message=f"{distribution.label} serves every country")
