output "webhook" {
  value = {
    name = aws_lambda_function.webhook.function_name
    arn  = aws_lambda_function.webhook.arn
  }
}
