# iam-005, guarded: iam:PutRolePolicy is granted on something else.
resource "aws_iam_role" "dev" {
  name = "dev"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::999988887777:role/outside" }, Action = "sts:AssumeRole" },
    ]
  })
}

resource "aws_iam_role_policy" "dev" {
  name = "dev"
  role = aws_iam_role.dev.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:PutRolePolicy"], Resource = "arn:aws:iam::*:role/another" },
    ]
  })
}
