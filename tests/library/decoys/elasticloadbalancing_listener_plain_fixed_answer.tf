# why: it says no to everybody
# quiet: aws-elasticloadbalancing-listener-plain
resource "aws_lb" "l" {
  name = "l"

}
resource "aws_lb_listener" "h" {
  load_balancer_arn = aws_lb.l.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
