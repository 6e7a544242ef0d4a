# why: A delivery source of CloudWatch Logs takes the access log.
# quiet: aws-cloudfront-distribution-unlogged
resource "aws_cloudfront_distribution" "www" {
  enabled = true
  origin {
    domain_name = "origin.example.com"
    origin_id   = "origin"
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
    target_origin_id       = "origin"
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
resource "aws_cloudwatch_log_delivery_source" "www" {
  name         = "www"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.www.arn
}
