# why: it reads no headers
# quiet: aws-elasticloadbalancing-balancer-keeps-invalid-headers
resource "aws_lb" "l" {
  name               = "l"
  load_balancer_type = "network"
}
