# why: 0 is for ever
# quiet: aws-logs-group-short
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 0
}
