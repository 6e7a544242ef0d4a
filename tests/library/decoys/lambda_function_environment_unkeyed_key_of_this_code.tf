# why: the key is made by the same code
# quiet: aws-lambda-function-environment-unkeyed
resource "aws_kms_key" "k" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  kms_key_arn   = aws_kms_key.k.arn
  environment {
    variables = {
      A = "b"
    }
  }
}
