# The catalogue importer: takes suppliers' price lists at night. A function will replace it.

resource "aws_security_group" "importer" {
  name        = "${var.name}-importer"
  description = "Catalogue importer"
  vpc_id      = var.vpc_id

  ingress {
    description = "anything, suppliers push by FTP"
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "importer" {
  ami                         = var.image_id
  instance_type               = "t3.medium"
  subnet_id                   = var.subnet_id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.importer.id]
  iam_instance_profile        = aws_iam_instance_profile.importer.name

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    encrypted = true
  }

  tags = {
    Name = "${var.name}-importer"
  }
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = var.availability_zone
  size              = 200
  type              = "gp3"

  tags = {
    Name = "${var.name}-importer-scratch"
  }
}

resource "aws_volume_attachment" "scratch" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.scratch.id
  instance_id = aws_instance.importer.id
}

resource "aws_iam_role" "importer" {
  name = "${var.name}-importer"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "ec2.amazonaws.com" }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_instance_profile" "importer" {
  name = "${var.name}-importer"
  role = aws_iam_role.importer.name
}

resource "aws_iam_role_policy" "importer" {
  name = "catalogue"
  role = aws_iam_role.importer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = var.database_secret
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.kms_key_arn
      }
    ]
  })
}
