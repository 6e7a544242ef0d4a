# why: The star is confined to addresses.
# depends: aws-es-domain-readable-by-anyone
resource "aws_opensearch_domain" "d" {
  domain_name = "d"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "es:*"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = ["198.51.100.0/24"] } }
    }]
  })
}
