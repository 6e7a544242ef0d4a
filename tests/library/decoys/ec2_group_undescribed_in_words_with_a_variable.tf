# why: A description is written; one word of it is not known.
# quiet: aws-ec2-group-undescribed
variable "cluster" {
  type = string
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "app" {
  name        = "app"
  description = "Workers of cluster ${var.cluster}"
  vpc_id      = aws_vpc.main.id
}
