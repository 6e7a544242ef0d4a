# why: The ACL guards nothing.
# quiet: aws-ec2-network-acl-admin-port-open
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_network_acl" "a" {
  vpc_id = aws_vpc.main.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
}
