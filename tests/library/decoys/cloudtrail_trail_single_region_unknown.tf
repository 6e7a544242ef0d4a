# why: depends on a variable that nobody gave a value
# depends: aws-cloudtrail-trail-single-region
variable "x" {

}
resource "aws_cloudtrail" "c" {
  name                  = "c"
  s3_bucket_name        = "b"
  is_multi_region_trail = var.x
}
