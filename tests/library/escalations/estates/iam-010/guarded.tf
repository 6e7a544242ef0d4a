# iam-010, guarded: the principal is not in the group.
resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_user_policy" "dev" {
  name = "dev"
  user = aws_iam_user.dev.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:AttachGroupPolicy"], Resource = "*" },
    ]
  })
}

resource "aws_iam_group" "team" {
  name = "team"
}
