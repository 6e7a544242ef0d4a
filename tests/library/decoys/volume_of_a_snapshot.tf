# why: The snapshot says whether it is encrypted.
# depends: aws-ec2-volume-unencrypted
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  snapshot_id       = "snap-11111111"
}
