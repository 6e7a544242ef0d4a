# why: The policy that SNS gives a topic by itself: everybody is named, and has to be of the topic's account.
# quiet: aws-sns-topic-open-to-publishers, aws-sns-topic-open-to-subscribers
data "aws_caller_identity" "current" {}
resource "aws_sns_topic" "alerts" {
  name = "alerts"
  policy = jsonencode({
    Version = "2008-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["SNS:Publish", "SNS:Subscribe"]
      Resource  = "*"
      Condition = { StringEquals = { "AWS:SourceOwner" = data.aws_caller_identity.current.account_id } }
    }]
  })
}
