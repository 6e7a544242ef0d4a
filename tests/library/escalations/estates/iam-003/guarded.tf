# iam-003, guarded: an explicit deny of iam:DeleteAccessKey.
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
      { Effect = "Deny", Action = ["iam:DeleteAccessKey"], Resource = "*" },
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
