# why: The peer is a group.
# quiet: aws-ec2-group-database-port-open
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "app"
  vpc_id      = aws_vpc.main.id
}
resource "aws_security_group" "g" {
  name        = "g"
  description = "g"
  vpc_id      = aws_vpc.main.id
  ingress {
    description     = "app"
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.app.id]
  }
}
resource "aws_network_interface" "g" {
  subnet_id       = "subnet-11111111"
  security_groups = [aws_security_group.g.id]
}
