# why: 21 to 23 is not asked for here: 24 to 3388 holds neither SSH nor RDP.
# quiet: aws-ec2-group-admin-port-open
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "g" {
  name        = "g"
  description = "g"
  vpc_id      = aws_vpc.main.id
  ingress {
    description = "x"
    protocol    = "tcp"
    from_port   = 24
    to_port     = 3388
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_network_interface" "g" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.g.id]
}
