# why: the default is a runtime that is supported
# quiet: aws-lambda-function-runtime-ended
variable "x" {
  default = "python3.13"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = var.x
}
