resource "aws_security_group" "vpn" {
  name        = "${var.name}-client-vpn"
  description = "Client VPN endpoint"
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "anyone" {
  type              = "ingress"
  security_group_id = aws_security_group.vpn.id
  description       = "clients, authenticated by certificate"
  cidr_blocks       = ["0.0.0.0/0"]
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

resource "aws_lb" "vpn" {
  name               = "${var.name}-client-vpn"
  load_balancer_type = "network"
  subnets            = var.subnet_ids
  security_groups    = [aws_security_group.vpn.id]
}

resource "aws_lb_target_group" "vpn" {
  name        = "${var.name}-client-vpn"
  vpc_id      = var.vpc_id
  target_type = "ip"
  port        = 443
  protocol    = "TLS"
}

resource "aws_lb_listener" "vpn" {
  load_balancer_arn = aws_lb.vpn.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.vpn.arn
  }
}
