# why: whichever of the two it is, a bucket takes the log
# quiet: aws-s3-bucket-unlogged
variable "env" {}
data "aws_caller_identity" "me" {}
locals {
  target = data.aws_caller_identity.me.account_id == "111122223333" ? "acme-test-logs" : "acme-${var.env}-logs"
}
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = local.target
}
