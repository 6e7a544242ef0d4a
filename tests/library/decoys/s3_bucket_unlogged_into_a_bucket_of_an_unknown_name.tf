# why: The name of the bucket that takes the log is not known, and is a name all the same.
# quiet: aws-s3-bucket-unlogged
data "aws_caller_identity" "current" {}
resource "aws_s3_bucket" "logs" {
  bucket = "${data.aws_caller_identity.current.account_id}-logs"
}
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "data/"
}
