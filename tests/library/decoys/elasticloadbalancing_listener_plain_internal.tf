# why: nobody from outside comes
# quiet: aws-elasticloadbalancing-listener-plain
resource "aws_lb" "l" {
  name     = "l"
  internal = true
}
resource "aws_lb_listener" "h" {
  load_balancer_arn = aws_lb.l.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/w/0a1b2c3d4e5f6071"
  }
}
