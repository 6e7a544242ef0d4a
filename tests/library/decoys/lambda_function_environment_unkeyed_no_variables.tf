# why: there is nothing to encrypt
# quiet: aws-lambda-function-environment-unkeyed
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"

}
