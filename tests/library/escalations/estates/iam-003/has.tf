# iam-003: An access key of another user is deleted to make room for a new one.
resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_user_policy" "dev" {
  name = "dev"
  user = aws_iam_user.dev.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:DeleteAccessKey", "iam:CreateAccessKey"], Resource = "*" },
    ]
  })
}

resource "aws_iam_user" "ops" {
  name = "ops"
}

resource "aws_iam_user_policy" "ops" {
  name = "ops"
  user = aws_iam_user.ops.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_access_key" "one" {
  user = aws_iam_user.ops.name
}

resource "aws_iam_access_key" "two" {
  user = aws_iam_user.ops.name
}
