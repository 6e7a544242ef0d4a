data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_log_group" "this" {
  for_each = var.log_groups

  name              = "/${var.name}/${each.value}"
  retention_in_days = 90
}

resource "aws_cloudwatch_log_group" "data" {
  provider = aws.data

  name              = "/${var.name}/data-access"
  retention_in_days = 365
}

resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}
