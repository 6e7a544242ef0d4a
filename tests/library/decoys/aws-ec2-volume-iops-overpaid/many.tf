# quiet: gp3 has not so many
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 100
  type              = "io1"
  iops              = 32000
}
