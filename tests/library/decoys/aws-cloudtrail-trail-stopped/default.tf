# quiet: a trail records when nothing is said
resource "aws_cloudtrail" "c" {
  name           = "c"
  s3_bucket_name = "b"

}
