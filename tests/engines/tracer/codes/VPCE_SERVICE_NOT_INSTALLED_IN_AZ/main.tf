# from: a
# to: app
# traffic: tcp/80
# code: VPCE_SERVICE_NOT_INSTALLED_IN_AZ

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "far" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "front" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "front" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "front" {
  subnet_id      = aws_subnet.front.id
  route_table_id = aws_route_table.front.id
}

resource "aws_subnet" "back" {
  vpc_id            = aws_vpc.far.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "back" {
  vpc_id = aws_vpc.far.id
}

resource "aws_route_table_association" "back" {
  subnet_id      = aws_subnet.back.id
  route_table_id = aws_route_table.back.id
}

resource "aws_security_group" "open" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "far" {
  vpc_id = aws_vpc.far.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
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
  subnet_id              = aws_subnet.front.id
  vpc_security_group_ids = [aws_security_group.open.id]
}

resource "aws_instance" "app" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back.id
  vpc_security_group_ids = [aws_security_group.far.id]
}

resource "aws_lb" "lb" {
  name               = "lb"
  internal           = true
  load_balancer_type = "network"
  subnets            = [aws_subnet.back.id]
}

resource "aws_lb_target_group" "app" {
  name     = "app"
  vpc_id   = aws_vpc.far.id
  port     = 8080
  protocol = "TCP"
}

resource "aws_lb_target_group_attachment" "app_app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.id
}

resource "aws_lb_listener" "lb_80" {
  load_balancer_arn = aws_lb.lb.arn
  port              = 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}

resource "aws_vpc_endpoint_service" "app" {
  acceptance_required        = false
  network_load_balancer_arns = [aws_lb.lb.arn]
}

resource "aws_vpc_endpoint" "door" {
  vpc_id             = aws_vpc.main.id
  service_name       = aws_vpc_endpoint_service.app.service_name
  vpc_endpoint_type  = "Interface"
  subnet_ids         = [aws_subnet.front.id]
  security_group_ids = [aws_security_group.open.id]
}
