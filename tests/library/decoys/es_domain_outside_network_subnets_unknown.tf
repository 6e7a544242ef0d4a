# why: Which subnets is not known; security groups are only said of a domain that stands in some.
# quiet: aws-es-domain-outside-network
data "aws_subnets" "private" {}
resource "aws_security_group" "search" {
  name = "search"
}
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  vpc_options {
    subnet_ids         = [for id in data.aws_subnets.private.ids : id]
    security_group_ids = [aws_security_group.search.id]
  }
}
