# quiet: one queue has dead letters, the other holds them
resource "aws_sqs_queue" "q" {
  name = "q"

}
resource "aws_sqs_queue" "main" {
  name           = "main"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.q.arn, maxReceiveCount = 3 })
}
