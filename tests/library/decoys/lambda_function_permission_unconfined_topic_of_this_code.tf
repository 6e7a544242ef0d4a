# why: the topic is made by the same code
# quiet: aws-lambda-function-permission-unconfined
resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"

}
resource "aws_lambda_permission" "p" {
  function_name = aws_lambda_function.f.function_name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.t.arn
}
