# why: The policy names everybody; the domain stands in a VPC behind a security group.
# quiet: aws-iam-policy-principal-anyone, aws-es-domain-readable-by-anyone
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
  access_policies = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "es:*", Principal = "*", Resource = "arn:aws:es:eu-west-1:111122223333:domain/logs/*" }]
  })
}
