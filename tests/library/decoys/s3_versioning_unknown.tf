# why: A variable without a value decides.
# depends: aws-s3-bucket-unversioned
variable "status" {
  type = string
}
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration {
    status = var.status
  }
}
