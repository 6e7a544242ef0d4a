# why: names of places, no credentials
# quiet: aws-lambda-function-secret-in-environment
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  environment {
    variables = {
      DB_PASSWORD_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"
      TOKEN_URL       = "https://login.example.com"
      SECRET_NAME     = "db"
    }
  }
}
