# why: Reading in a batch asks for the right to read each secret, too, and that one is narrow.
# quiet: aws-iam-policy-secret-read-anywhere
resource "aws_iam_policy" "read" {
  name = "read"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:BatchGetSecretValue", Resource = "*" },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/*"
      },
    ]
  })
}
