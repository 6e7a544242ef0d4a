output "log_groups" {
  value = { for key, group in aws_cloudwatch_log_group.this : key => group.name }
}

output "topic_arn" {
  value = aws_sns_topic.alarms.arn
}

output "account_id" {
  value = data.aws_caller_identity.current.account_id
}
