# why: Nothing uses the group.
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
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
