provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = false
}

resource "aws_ebs_snapshot" "disk" {
  volume_id = aws_ebs_volume.disk.id
}

resource "aws_snapshot_create_volume_permission" "other" {
  snapshot_id = aws_ebs_snapshot.disk.id
  account_id  = "999988887777"
}
