# why: the ARN is not known yet, and there is a queue
# quiet: aws-lambda-function-without-dead-letters
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  dead_letter_config {
    target_arn = aws_sqs_queue.q.arn
  }
}
