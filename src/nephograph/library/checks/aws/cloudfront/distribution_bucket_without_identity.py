"""CloudFront distribution that reads a bucket as anybody.

## What
An origin is a bucket of S3, and neither origin access control nor an origin access identity is named. A website
endpoint of S3 takes none and is another matter.

## Why
The bucket has to be open to everybody for it to work, past your firewall and your logs. Medium: what is served is
public anyway.

## Bad
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled             = true
  default_root_object = "index.html"
  origin {
    domain_name = "acme-site.s3.eu-west-1.amazonaws.com"
    origin_id   = "shop"

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
        DefaultRootObject: index.html
        Origins: [{Id: shop, DomainName: acme-site.s3.eu-west-1.amazonaws.com, S3OriginConfig: {}}]
        DefaultCacheBehavior: {TargetOriginId: shop, ViewerProtocolPolicy: redirect-to-https}
        Restrictions: {GeoRestriction: {RestrictionType: none}}
        ViewerCertificate: {CloudFrontDefaultCertificate: true}
```

## Good
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    domain_name              = "acme-site.s3.eu-west-1.amazonaws.com"
    origin_id                = "shop"
    origin_access_control_id = "E1A2B3C4D5E6F7"
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
          DomainName: acme-site.s3.eu-west-1.amazonaws.com
          OriginAccessControlId: E1A2B3C4D5E6F7
          S3OriginConfig: {}
        DefaultCacheBehavior:
          TargetOriginId: shop
          ViewerProtocolPolicy: redirect-to-https
        Restrictions:
          GeoRestriction:
            RestrictionType: none
        ViewerCertificate:
          CloudFrontDefaultCertificate: true
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
Create an origin access control, and let the bucket's policy admit this distribution alone.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
"""

import re
from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of

_BUCKET = re.compile(r"\.s3[.-](?!website)[\w.-]*amazonaws\.com")


@check(kind="aws_cloudfront_distribution", severity=Severity.MEDIUM, topics=("public-exposure",))
def distribution_bucket_without_identity(distribution: Resource, facts: Facts) -> Iterator[Bad]:
    """A bucket is an origin, and nothing says who reads it."""
    for at in elements(distribution, "origins"):
        bucket = test(
            distribution, *at, "domain", when=lambda name: bool(_BUCKET.search(str(name))), says="it reads {value}"
        )
        open_ = [
            unset(distribution, *at, name, says=f"its {name} is {{value}}")
            for name in ("access_control", "access_identity")
        ]
        yield from bad_if(
            all_of((bucket, *open_)), *at, "access_control", message=f"{distribution.label} reads its bucket as anybody"
        )
