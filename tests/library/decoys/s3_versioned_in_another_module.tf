# why: Versioning stands in a resource of its own, by the bucket's name.
# quiet: aws-s3-bucket-unversioned
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
locals {
  name = "acme-b"
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = local.name
  versioning_configuration {
    status = "Enabled"
  }
}
