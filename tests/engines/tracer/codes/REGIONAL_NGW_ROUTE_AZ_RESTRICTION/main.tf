# from: a
# to: 198.51.100.7
# traffic: tcp/443
# code: REGIONAL_NGW_ROUTE_AZ_RESTRICTION

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_eip" "out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  vpc_id            = aws_vpc.main.id
  availability_mode = "regional"

  availability_zone_address {
    allocation_ids    = [aws_eip.out.id]
    availability_zone = "eu-west-1a"
  }
}

resource "aws_subnet" "here" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "here" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}

resource "aws_route_table_association" "here" {
  subnet_id      = aws_subnet.here.id
  route_table_id = aws_route_table.here.id
}

resource "aws_security_group" "open" {
  vpc_id = aws_vpc.main.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "a" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.here.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
