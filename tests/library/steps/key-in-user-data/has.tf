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
      { Effect = "Allow", Action = ["ec2:DescribeInstanceAttribute"], Resource = "*" },
    ]
  })
}

resource "aws_instance" "host" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    export AWS_SECRET_ACCESS_KEY=${aws_iam_access_key.robot.secret}
  EOT
}

resource "aws_iam_user" "robot" {
  name = "robot"
}

resource "aws_iam_user_policy" "robot" {
  name = "robot"
  user = aws_iam_user.robot.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_iam_access_key" "robot" {
  user = aws_iam_user.robot.name
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
