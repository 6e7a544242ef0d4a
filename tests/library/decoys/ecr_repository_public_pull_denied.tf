# why: the same policy denies what it allows
# quiet: aws-ecr-repository-public-pull
resource "aws_ecr_repository" "r" {
  name = "r"
}
resource "aws_ecr_repository_policy" "r" {
  repository = aws_ecr_repository.r.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "ecr:*" }, { Effect = "Deny", Principal = "*", Action = "ecr:*" }]
  })
}
