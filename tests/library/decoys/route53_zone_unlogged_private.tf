# why: a private zone has no such log
# quiet: aws-route53-zone-unlogged
resource "aws_route53_zone" "z" {
  name = "internal"
  vpc {
    vpc_id = "vpc-0a1b2c3d"
  }
}
