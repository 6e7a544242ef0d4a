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
      { Effect = "Allow", Action = ["lambda:UpdateFunctionConfiguration"], Resource = "*" },
      { Effect = "Deny", Action = ["lambda:Update*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role" "inner" {
  name = "inner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "inner" {
  name = "inner"
  role = aws_iam_role.inner.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
  })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.inner.arn
  runtime       = "python3.12"
  handler       = "main.handler"
  filename      = "work.zip"
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
