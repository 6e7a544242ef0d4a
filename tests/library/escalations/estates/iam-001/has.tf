# iam-001: A new default version of a policy the principal holds lets it do everything.
resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_policy" "own" {
  name = "own"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:CreatePolicyVersion"], Resource = "*" },
    ]
  })
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.dev.name
  policy_arn = aws_iam_policy.own.arn
}
