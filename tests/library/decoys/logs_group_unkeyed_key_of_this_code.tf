# why: the key is made by the same code
# quiet: aws-logs-group-unkeyed
resource "aws_kms_key" "k" {}
resource "aws_cloudwatch_log_group" "g" {
  name       = "g"
  kms_key_id = aws_kms_key.k.arn
}
