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
      { Effect = "Allow", Action = ["guardduty:DeleteDetector"], Resource = "*" },
      { Effect = "Deny", Action = ["guardduty:Delete*"], Resource = "*" },
    ]
  })
}

resource "aws_guardduty_detector" "eyes" {
  enable = true
}
