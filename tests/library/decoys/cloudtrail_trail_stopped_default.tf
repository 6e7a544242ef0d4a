# why: a trail records when nothing is said
# quiet: aws-cloudtrail-trail-stopped
resource "aws_cloudtrail" "c" {
  name           = "c"
  s3_bucket_name = "b"

}
