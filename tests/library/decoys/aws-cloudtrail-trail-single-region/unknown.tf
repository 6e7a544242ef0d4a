# depends on a variable that nobody gave a value
variable "x" {

}
resource "aws_cloudtrail" "c" {
  name                  = "c"
  s3_bucket_name        = "b"
  is_multi_region_trail = var.x
}
