# why: gp3 has not so many
# quiet: aws-ec2-volume-iops-overpaid
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = "io1"
  iops              = 32000
}
