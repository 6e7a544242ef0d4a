# quiet: it reads no headers
resource "aws_lb" "l" {
  name               = "l"
  load_balancer_type = "network"
}
