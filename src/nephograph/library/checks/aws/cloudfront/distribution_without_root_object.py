"""CloudFront distribution of a bucket that shows its list of files.

## What
The distribution serves a bucket of S3 and names no default root object. One that serves a program is quiet.

## Why
A request for the root is passed on to the bucket, which lists its files where its policy lets it. Low: the policy has
to.

## Bad
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

## Good
```hcl
resource "aws_cloudfront_distribution" "shop" {
  enabled             = true
  default_root_object = "index.html"
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
        DefaultRootObject: index.html
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
Name index.html.

## References
- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DefaultRootObject.html
"""

import re
from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of, any_of

_BUCKET = re.compile(r"\.s3[.-][\w.-]*amazonaws\.com")


@check(kind="aws_cloudfront_distribution", severity=Severity.LOW, topics=("public-exposure",), tools=("CKV_AWS_305",))
def distribution_without_root_object(distribution: Resource, facts: Facts) -> Iterator[Bad]:
    """A bucket is served, and nothing stands for its root."""
    bucket = any_of(
        test(distribution, *at, "domain", when=lambda name: bool(_BUCKET.search(str(name))), says="it serves {value}")
        for at in elements(distribution, "origins")
    )
    none = unset(distribution, "default_root_object", says="its root object is {value}")
    yield from bad_if(
        all_of((bucket, none)),
        "default_root_object",
        message=f"the root of {distribution.label} asks the bucket itself",
    )
