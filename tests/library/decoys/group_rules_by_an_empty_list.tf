# why: A dynamic block over an empty list makes no rule.
# quiet: aws-ec2-group-admin-port-open
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "g" {
  name        = "g"
  description = "g"
  vpc_id      = aws_vpc.main.id
  dynamic "ingress" {
    for_each = []
    content {
      description = "x"
      protocol    = "tcp"
      from_port   = 22
      to_port     = 22
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
resource "aws_network_interface" "g" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.g.id]
}
