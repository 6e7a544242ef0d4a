# why: a custom runtime on a system that is supported
# quiet: aws-lambda-function-runtime-ended
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "provided.al2023"
}
