"""CloudFront distribution that asks its origin in the clear.

## What
An origin is asked by HTTP alone, or by whatever the viewer speaks. A website endpoint of S3 knows nothing else and is
quiet.

## Why
People see a lock, and behind it everything crosses the internet as it is. Medium: one has to be on the way.

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
      origin_protocol_policy = "http-only"
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
            OriginProtocolPolicy: http-only
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
    domain_name = "acme.s3-website-eu-west-1.amazonaws.com"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
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
```yaml
Resources:
  Shop:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
        - Id: shop
          DomainName: acme.s3-website-eu-west-1.amazonaws.com
          CustomOriginConfig:
            OriginProtocolPolicy: http-only
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
Ask by HTTPS only.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(kind="aws_cloudfront_distribution", severity=Severity.MEDIUM, topics=("encryption-in-transit",))
def distribution_origin_plain(distribution: Resource, facts: Facts) -> Iterator[Bad]:
    """One of its origins may be asked by HTTP."""
    for at in elements(distribution, "origins"):
        program = test(
            distribution, *at, "domain", when=lambda name: ".s3-website" not in str(name), says="it asks {value}"
        )
        plain = test(
            distribution,
            *at,
            "protocol_policy",
            when=lambda policy: policy in ("http-only", "match-viewer"),
            says="it asks by {value}",
        )
        yield from bad_if(
            all_of((program, plain)),
            *at,
            "protocol_policy",
            message=f"{distribution.label} asks its origin in the clear",
        )
