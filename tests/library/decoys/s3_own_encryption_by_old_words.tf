# why: Encryption in the words of version 3 of the provider.
# quiet: aws-s3-bucket-without-own-key, aws-s3-bucket-unversioned
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
  versioning {
    enabled = true
  }
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = "alias/b"
      }
    }
  }
}
