# why: count is 0.
# quiet: aws-ec2-volume-unencrypted, aws-ec2-volume-unattached
variable "n" {
  default = 0
}
resource "aws_ebs_volume" "v" {
  count             = var.n
  availability_zone = "eu-west-1a"
  size              = 1
}
resource "aws_vpc" "other" {
  cidr_block = "10.0.0.0/16"
}
