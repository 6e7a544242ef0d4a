# why: The account's settings hold for every bucket.
# quiet: aws-s3-bucket-acls-unblocked, aws-s3-bucket-acls-heeded, aws-s3-bucket-policies-unblocked, aws-s3-bucket-unrestricted
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = false
  ignore_public_acls      = false
  block_public_policy     = false
  restrict_public_buckets = false
}
resource "aws_s3_account_public_access_block" "b" {
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}
