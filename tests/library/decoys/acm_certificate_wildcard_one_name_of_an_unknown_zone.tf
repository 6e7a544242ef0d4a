# why: The zone is not known; the name in it is one.
# quiet: aws-acm-certificate-wildcard
variable "zone" {
  type = string
}
resource "aws_acm_certificate" "www" {
  domain_name       = "www.${var.zone}"
  validation_method = "DNS"
}
