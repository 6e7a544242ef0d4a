# why: a listener without TLS has no policy of it
# quiet: aws-elasticloadbalancing-listener-weak-tls
resource "aws_lb" "l" {
  name = "l"

}
resource "aws_lb_listener" "h" {
  load_balancer_arn = aws_lb.l.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
      protocol    = "HTTPS"
      port        = "443"
    }
  }
}
