resource "aws_vpc" "net" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "way" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.net.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.way.id
  }
}

resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.net.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.net.id
  cidr_block = "10.0.2.0/24"
}

resource "aws_route_table_association" "a" {
  subnet_id      = aws_subnet.a.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "b" {
  subnet_id      = aws_subnet.b.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "host" {
  vpc_id = aws_vpc.net.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "host" {
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
  ami                         = "ami-1"
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.a.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.host.id]
  iam_instance_profile        = aws_iam_instance_profile.inner.name
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}

resource "aws_iam_role" "inner" {
  name = "inner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "reader" {
  name = "reader"
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
