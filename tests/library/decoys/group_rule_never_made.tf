# why: for_each over an empty set.
# quiet: aws-ec2-group-admin-port-open
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "g" {
  name        = "g"
  description = "g"
  vpc_id      = aws_vpc.main.id
}
resource "aws_network_interface" "g" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.g.id]
}
resource "aws_security_group_rule" "ssh" {
  for_each          = toset([])
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.g.id
}
