# why: all subnets are in its zone
# quiet: aws-ec2-nat-gateway-single
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_nat_gateway" "n" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = aws_subnet.a.id
}
