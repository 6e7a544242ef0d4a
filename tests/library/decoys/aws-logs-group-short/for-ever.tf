# quiet: 0 is for ever
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = 0
}
