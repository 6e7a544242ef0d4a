# why: one name
# quiet: aws-acm-certificate-wildcard
resource "aws_acm_certificate" "c" {
  domain_name       = "star.example.com"
  validation_method = "DNS"
}
