# why: The key is no literal.
# quiet: aws-ec2-vpn-key-in-code
variable "key" {
  type      = string
  sensitive = true
}
resource "aws_vpn_connection" "v" {
  customer_gateway_id   = "cgw-1"
  vpn_gateway_id        = "vgw-1"
  type                  = "ipsec.1"
  tunnel1_preshared_key = var.key
}
