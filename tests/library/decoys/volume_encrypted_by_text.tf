# why: The string true is true.
# quiet: aws-ec2-volume-unencrypted
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = "true"
}
