# why: depends on a variable that nobody gave a value
# depends: aws-autoscaling-group-single-zone
variable "x" {

}
resource "aws_autoscaling_group" "g" {
  name                = "g"
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = var.x
}
