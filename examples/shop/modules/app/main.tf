resource "aws_security_group" "app" {
  name        = "${var.name}-app"
  description = "Application hosts"
  vpc_id      = var.vpc_id
}

resource "aws_security_group_rule" "from_balancer" {
  type                     = "ingress"
  security_group_id        = aws_security_group.app.id
  description              = "requests from the balancer"
  source_security_group_id = var.balancer_group_id
  protocol                 = "tcp"
  from_port                = 8080
  to_port                  = 8080
}

resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = aws_security_group.app.id
  description       = "everything out"
  cidr_blocks       = ["0.0.0.0/0"]
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
}

resource "aws_instance" "app" {
  for_each = var.subnets

  ami                     = var.image_id
  instance_type           = var.instance_type
  subnet_id               = each.value
  vpc_security_group_ids  = [aws_security_group.app.id]
  iam_instance_profile    = aws_iam_instance_profile.app.name
  monitoring              = var.detailed_monitoring
  disable_api_termination = var.termination_protection

  user_data = templatefile("${path.module}/user_data.sh.tftpl", {
    region            = var.region
    zone              = each.key
    secret_arn        = var.database_secret_arn
    database_endpoint = var.database_endpoint
    log_group         = var.log_group
    alarm_topic       = var.alarm_topic
    feed_bucket       = var.partner_feed_bucket
    flags             = var.feature_flags
  })

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = var.metadata_hop_limit
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.root_volume_size
    encrypted   = true
    kms_key_id  = var.kms_key_arn
  }

  tags = {
    Name = "${var.name}-app-${each.key}"
  }
}
