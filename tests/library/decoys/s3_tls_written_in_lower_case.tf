# why: Keys and operators of conditions do not mind their case.
# quiet: aws-s3-bucket-plaintext-allowed
resource "aws_s3_bucket" "b" {
  bucket = "acme-b"
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "*"
      Resource  = "*"
      Condition = { BoolIfExists = { "AWS:securetransport" = ["false"] } }
    }]
  })
}
