resource "aws_iam_role" "inner" {
  name = "inner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.inner.arn
  runtime       = "python3.12"
  handler       = "main.handler"
  filename      = "work.zip"
  environment {
    variables = { AWS_SECRET_ACCESS_KEY = aws_iam_access_key.robot.secret }
  }
}

resource "aws_lambda_permission" "call" {
  statement_id  = "call"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "*"
}

resource "aws_iam_user" "robot" {
  name = "robot"
}

resource "aws_iam_user_policy" "robot" {
  name = "robot"
  user = aws_iam_user.robot.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_iam_access_key" "robot" {
  user = aws_iam_user.robot.name
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
