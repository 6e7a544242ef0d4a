# why: CloudFront runs the function: Lambda@Edge knows no VPC, queue for dead letters, reserve or tracing.
# quiet: aws-lambda-function-outside-network, aws-lambda-function-without-dead-letters, aws-lambda-function-unreserved, aws-lambda-function-untraced
provider "aws" {
  region = "us-east-1"
}
resource "aws_iam_role" "rewrite" {
  name = "rewrite"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }
    }]
  })
}
resource "aws_lambda_function" "rewrite" {
  function_name = "rewrite"
  role          = aws_iam_role.rewrite.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  publish       = true
}
