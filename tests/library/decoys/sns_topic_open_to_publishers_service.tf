# why: a service is not everybody
# quiet: aws-sns-topic-open-to-publishers
resource "aws_sns_topic" "t" {
  name = "t"

}
resource "aws_sns_topic_policy" "t" {
  arn = aws_sns_topic.t.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "s3.amazonaws.com" }, Action = "sns:Publish", Resource = "*" }]
  })
}
