# why: The code takes the default group over to empty it.
# quiet: aws-ec2-group-default-with-rules, aws-ec2-group-unused
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_default_security_group" "d" {
  vpc_id = aws_vpc.main.id
}
