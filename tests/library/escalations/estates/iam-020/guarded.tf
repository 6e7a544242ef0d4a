# iam-020, guarded: iam:CreatePolicyVersion is granted on something else.
resource "aws_iam_user" "dev" {
  name = "dev"
}

resource "aws_iam_user_policy" "dev" {
  name = "dev"
  user = aws_iam_user.dev.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:UpdateAssumeRolePolicy"], Resource = "*" },
      { Effect = "Allow", Action = ["iam:CreatePolicyVersion"], Resource = "arn:aws:iam::*:policy/another" },
    ]
  })
}

resource "aws_iam_role" "target" {
  name = "target"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" },
    ]
  })
}

resource "aws_iam_policy" "own" {
  name = "own"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.target.name
  policy_arn = aws_iam_policy.own.arn
}
