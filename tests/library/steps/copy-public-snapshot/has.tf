resource "aws_ebs_snapshot" "disk" {
  volume_id = "vol-0123456789abcdef0"
}

resource "aws_ami" "image" {
  name             = "image"
  root_device_name = "/dev/sda1"
  ebs_block_device {
    device_name = "/dev/sda1"
    snapshot_id = aws_ebs_snapshot.disk.id
  }
}

resource "aws_ami_launch_permission" "out" {
  image_id = aws_ami.image.id
  group    = "all"
}
