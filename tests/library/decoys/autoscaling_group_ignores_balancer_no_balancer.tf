# why: there is no balancer to ask
# quiet: aws-autoscaling-group-ignores-balancer
resource "aws_autoscaling_group" "g" {
  name                = "g"
  max_size            = 2
  min_size            = 1
  vpc_zone_identifier = ["subnet-0a1b2c3d"]
  health_check_type   = "EC2"
}
