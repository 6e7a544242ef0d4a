# why: the key is made by the same code
# quiet: aws-cloudtrail-trail-unkeyed
resource "aws_kms_key" "k" {}
resource "aws_cloudtrail" "c" {
  name           = "c"
  s3_bucket_name = "b"
  kms_key_id     = aws_kms_key.k.arn
}
