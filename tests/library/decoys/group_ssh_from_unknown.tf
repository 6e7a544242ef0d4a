# why: Whom the rule lets in is not known.
# depends: aws-ec2-group-admin-port-open
variable "office" {
  type = string
}
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
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.office]
  }
}
resource "aws_network_interface" "g" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.g.id]
}
