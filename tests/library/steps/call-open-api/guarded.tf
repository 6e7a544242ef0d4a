# The route asks who calls.
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

resource "aws_apigatewayv2_api" "front" {
  name          = "front"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "work" {
  api_id           = aws_apigatewayv2_api.front.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.work.invoke_arn
}

resource "aws_apigatewayv2_route" "every" {
  api_id             = aws_apigatewayv2_api.front.id
  route_key          = "ANY /{proxy+}"
  authorization_type = "AWS_IAM"
  target             = "integrations/${aws_apigatewayv2_integration.work.id}"
}

resource "aws_lambda_permission" "call" {
  statement_id  = "call"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.work.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.front.execution_arn}/*/*"
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
