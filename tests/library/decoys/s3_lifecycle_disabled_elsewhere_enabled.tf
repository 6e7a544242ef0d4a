# why: One rule is disabled, another ends unfinished uploads.
# quiet: aws-s3-bucket-uploads-kept
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
resource "aws_s3_bucket_lifecycle_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    id     = "a"
    status = "Disabled"
    filter {}
    expiration {
      days = 1
    }
  }
  rule {
    id     = "b"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }
}
