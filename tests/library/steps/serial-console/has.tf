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
      { Effect = "Allow", Action = ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role" "inner" {
  name = "inner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "inner" {
  name = "inner"
  role = aws_iam_role.inner.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
  })
}

resource "aws_iam_instance_profile" "inner" {
  name = "inner"
  role = aws_iam_role.inner.name
}

resource "aws_instance" "host" {
  ami                  = "ami-1"
  instance_type        = "t3.micro"
  iam_instance_profile = aws_iam_instance_profile.inner.name
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
