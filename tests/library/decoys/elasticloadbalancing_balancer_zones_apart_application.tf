# why: an application load balancer always balances across zones
# quiet: aws-elasticloadbalancing-balancer-zones-apart
resource "aws_lb" "l" {
  name = "l"

}
