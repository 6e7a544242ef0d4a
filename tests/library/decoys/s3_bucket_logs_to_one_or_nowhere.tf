# why: one of the two arms names no bucket
# depends: aws-s3-bucket-unlogged
variable "on" {}
resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}
resource "aws_s3_bucket_logging" "data" {
  bucket        = aws_s3_bucket.data.id
  target_bucket = var.on ? "acme-logs" : ""
}
