# why: The endpoint carries what goes to S3.
# quiet: aws-ec2-vpc-without-gateway-endpoint
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_nat_gateway" "a" {
  subnet_id     = aws_subnet.a.id
  allocation_id = "eipalloc-1"
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
