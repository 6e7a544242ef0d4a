# why: A CNAME stands for a name, which is known once the database is made, and for no address.
# quiet: aws-route53-record-private-address
resource "aws_route53_zone" "main" {
  name = "example.com"
}
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t4g.small"
}
resource "aws_route53_record" "orders" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "orders.example.com"
  type    = "CNAME"
  ttl     = 300
  records = [aws_db_instance.orders.address]
}
