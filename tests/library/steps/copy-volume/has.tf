# The way in: a role that anyone with an AWS account may assume.
resource "aws_iam_role" "door" {
  name = "door"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "door" {
  name = "door"
  role = aws_iam_role.door.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:CreateSnapshot", "ec2:ModifySnapshotAttribute"], Resource = "*" },
    ]
  })
}

resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = false
}

resource "aws_ebs_snapshot" "disk" {
  volume_id = aws_ebs_volume.disk.id
}
