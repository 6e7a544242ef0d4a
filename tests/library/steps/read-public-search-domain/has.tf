resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  advanced_security_options {
    enabled = false
  }
}

resource "aws_opensearch_domain_policy" "door" {
  domain_name = aws_opensearch_domain.search.domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:ESHttp*"
      Resource  = "*"
    }]
  })
}
