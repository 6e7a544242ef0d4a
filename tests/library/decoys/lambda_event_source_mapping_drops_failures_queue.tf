# why: a queue keeps what fails
# quiet: aws-lambda-event-source-mapping-drops-failures
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = "f"
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:q"
}
