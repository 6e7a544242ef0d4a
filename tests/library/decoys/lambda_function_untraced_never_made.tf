# why: the function is never made
# quiet: aws-lambda-function-untraced
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  count         = 0
}
resource "aws_kms_key" "k" {}
