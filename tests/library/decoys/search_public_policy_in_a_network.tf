# why: The domain stands in a VPC: the star is who gets through its groups.
# quiet: aws-es-domain-readable-by-anyone
resource "aws_opensearch_domain" "d" {
  domain_name = "d"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:*"
      Resource  = "*"
    }]
  })
  vpc_options {
    subnet_ids = ["subnet-1"]
  }
}
