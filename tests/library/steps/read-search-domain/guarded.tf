# The domain has its endpoint inside a VPC.
# The way in: a role that anyone with an AWS account may assume.
resource "aws_iam_role" "door" {
  name = "door"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "door" {
  name = "door"
  role = aws_iam_role.door.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["es:ESHttpGet"], Resource = "*" },
    ]
  })
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  vpc_options {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
