# why: one queue has dead letters, the other holds them
# quiet: aws-sqs-queue-without-dead-letters
resource "aws_sqs_queue" "q" {
  name                      = "q"
  message_retention_seconds = 1209600
}
resource "aws_sqs_queue" "main" {
  name           = "main"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.q.arn, maxReceiveCount = 3 })
}
