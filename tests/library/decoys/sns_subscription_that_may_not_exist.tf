# why: how many there are is one of two numbers, which says nothing of the one that may be there
# depends: aws-sns-subscription-plain
variable "on" {}
resource "aws_sns_topic" "alarms" {
  name = "alarms"
}
resource "aws_sns_topic_subscription" "alarms" {
  count     = var.on ? 0 : 1
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "http"
  endpoint  = "http://alarms.example.com"
}
