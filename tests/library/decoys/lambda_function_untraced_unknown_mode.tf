# why: depends on a variable that nobody gave a value
# depends: aws-lambda-function-untraced
variable "x" {

}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  tracing_config {
    mode = var.x
  }
}
