# quiet: an application load balancer always balances across zones
resource "aws_lb" "l" {
  name = "l"

}
