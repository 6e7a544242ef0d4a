# why: public addresses next to private ranges
# quiet: aws-route53-record-private-address
resource "aws_route53_zone" "z" {
  name = "example.com"
}
resource "aws_route53_record" "r" {
  zone_id = aws_route53_zone.z.zone_id
  name    = "a.example.com"
  type    = "A"
  ttl     = 60
  records = ["172.32.0.1", "100.20.0.1"]
}
