# why: nobody from outside comes
# quiet: aws-elasticloadbalancing-balancer-without-firewall
resource "aws_lb" "l" {
  name     = "l"
  internal = true
}
