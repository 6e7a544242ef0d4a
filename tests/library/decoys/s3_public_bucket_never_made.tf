# why: count is 0.
# quiet: aws-s3-bucket-public-read
resource "aws_s3_bucket" "b" {
  count  = 0
  bucket = "acme-b"
  acl    = "public-read"
}
resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}
