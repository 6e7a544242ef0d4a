# Doors to the internet of every kind: what stands in front, in which zones, with which ports.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "g" {
  vpc_id = aws_vpc.v.id
}

resource "aws_route_table" "front" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}

resource "aws_subnet" "front" {
  for_each          = { a = 1, b = 2 }
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.${each.value}.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_route_table_association" "front" {
  for_each       = aws_subnet.front
  subnet_id      = each.value.id
  route_table_id = aws_route_table.front.id
}

resource "aws_subnet" "back" {
  for_each          = { a = 11, b = 12, c = 13 }
  vpc_id            = aws_vpc.v.id
  cidr_block        = "10.0.${each.value}.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_security_group" "door" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "app" {
  vpc_id = aws_vpc.v.id
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.door.id]
  }
}

resource "aws_instance" "app" {
  for_each               = aws_subnet.back
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = each.value.id
  vpc_security_group_ids = [aws_security_group.app.id]
}

# Classic: one that crosses zones and one that does not, both in the zones a and b; instances in a, b and c.
resource "aws_elb" "crossing" {
  name            = "crossing"
  subnets         = [for s in aws_subnet.front : s.id]
  security_groups = [aws_security_group.door.id]
  instances       = [for i in aws_instance.app : i.id]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
  listener {
    lb_port           = 8000
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}

resource "aws_instance" "lonely" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back["b"].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_elb" "keeping" {
  name                      = "keeping"
  subnets                   = [aws_subnet.front["a"].id]
  security_groups           = [aws_security_group.door.id]
  instances                 = [aws_instance.lonely.id]
  cross_zone_load_balancing = false
  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 8080
    instance_protocol = "tcp"
  }
}

resource "aws_elb" "inner" {
  name            = "inner"
  internal        = true
  subnets         = [aws_subnet.back["a"].id]
  security_groups = [aws_security_group.door.id]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 8080
    instance_protocol = "http"
  }
}

# An application balancer in the zones a and b, whose targets stand in b and c.
resource "aws_lb" "web" {
  name            = "web"
  subnets         = [for s in aws_subnet.front : s.id]
  security_groups = [aws_security_group.door.id]
}

resource "aws_lb_target_group" "web" {
  name     = "web"
  vpc_id   = aws_vpc.v.id
  port     = 8080
  protocol = "HTTP"
}

resource "aws_instance" "web" {
  for_each               = { b = 1, c = 1 }
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back[each.key].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "web" {
  for_each         = aws_instance.web
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = each.value.id
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

# A network balancer with a node in a alone that does not cross zones: it has nobody to send to in b.
resource "aws_lb" "tcp" {
  name               = "tcp"
  load_balancer_type = "network"
  subnets            = [for s in aws_subnet.front : s.id]
  security_groups    = [aws_security_group.door.id]
}

resource "aws_lb_target_group" "tcp" {
  for_each                          = { one = "false", two = "true" }
  name                              = "tcp-${each.key}"
  vpc_id                            = aws_vpc.v.id
  port                              = 8080
  protocol                          = "TCP"
  preserve_client_ip                = "false"
  load_balancing_cross_zone_enabled = each.value
}

resource "aws_instance" "tcp" {
  for_each               = { one = "a", two = "b", three = "c" }
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back[each.value].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "tcp" {
  for_each         = { one = "one", two = "two", three = "one" }
  target_group_arn = aws_lb_target_group.tcp[each.value].arn
  target_id        = aws_instance.tcp[each.key].id
}

resource "aws_lb_listener" "tcp" {
  for_each          = { one = 80, two = 443 }
  load_balancer_arn = aws_lb.tcp.arn
  port              = each.value
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tcp[each.key].arn
  }
}

# A function that the application balancer invokes, and one whose permission is for another group.
resource "aws_lambda_function" "f" {
  for_each      = { open = 1, shut = 2 }
  function_name = "f-${each.key}"
  role          = "arn:aws:iam::111122223333:role/f"
  handler       = "a.b"
  runtime       = "python3.12"
  filename      = "f.zip"
}

resource "aws_lb_target_group" "f" {
  for_each    = aws_lambda_function.f
  name        = "f-${each.key}"
  target_type = "lambda"
}

resource "aws_lb_target_group_attachment" "f" {
  for_each         = aws_lambda_function.f
  target_group_arn = aws_lb_target_group.f[each.key].arn
  target_id        = each.value.arn
}

resource "aws_lambda_permission" "f" {
  for_each      = { open = "open", shut = "open" }
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f[each.key].function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.f[each.value].arn
}

resource "aws_lb_listener_rule" "f" {
  for_each     = { open = 10, shut = 20 }
  listener_arn = aws_lb_listener.web.arn
  priority     = each.value
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.f[each.key].arn
  }
  condition {
    path_pattern {
      values = ["/${each.key}/*"]
    }
  }
}

# Accelerators lead into private subnets: to an internal balancer on another port, and to an instance on its own.
resource "aws_lb" "inner" {
  name            = "inner-web"
  internal        = true
  subnets         = [for s in aws_subnet.back : s.id]
  security_groups = [aws_security_group.door.id]
}

resource "aws_lb_target_group" "inner" {
  name     = "inner"
  vpc_id   = aws_vpc.v.id
  port     = 8080
  protocol = "HTTP"
}

resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.inner.arn
  }
}

resource "aws_instance" "inner" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back["a"].id
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_lb_target_group_attachment" "inner" {
  target_group_arn = aws_lb_target_group.inner.arn
  target_id        = aws_instance.inner.id
}

resource "aws_instance" "direct" {
  for_each               = { led = 1, off = 2 }
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.back["b"].id
  vpc_security_group_ids = [aws_security_group.door.id]
}

resource "aws_globalaccelerator_accelerator" "edge" {
  for_each = { on = true, off = false }
  name     = each.key
  enabled  = each.value
}

resource "aws_globalaccelerator_listener" "edge" {
  for_each        = aws_globalaccelerator_accelerator.edge
  accelerator_arn = each.value.id
  protocol        = "TCP"
  port_range {
    from_port = 400
    to_port   = 8000
  }
}

resource "aws_globalaccelerator_endpoint_group" "web" {
  listener_arn = aws_globalaccelerator_listener.edge["on"].id
  endpoint_configuration {
    endpoint_id = aws_lb.inner.arn
    weight      = 100
  }
  endpoint_configuration {
    endpoint_id = aws_instance.direct["led"].id
    weight      = 100
  }
  port_override {
    listener_port = 500
    endpoint_port = 80
  }
}

resource "aws_globalaccelerator_endpoint_group" "off" {
  listener_arn = aws_globalaccelerator_listener.edge["off"].id
  endpoint_configuration {
    endpoint_id = aws_instance.direct["off"].id
    weight      = 100
  }
}
