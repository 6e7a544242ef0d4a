# why: Buckets of today have all four settings on by themselves.
# quiet: aws-s3-bucket-acls-unblocked, aws-s3-bucket-acls-heeded, aws-s3-bucket-policies-unblocked, aws-s3-bucket-unrestricted
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
