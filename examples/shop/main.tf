locals {
  prefix = "shop"

  tags = {
    project     = "shop"
    environment = var.environment
    managed-by  = "terraform"
  }

  # One rule a site, so that a site can leave without touching the others.
  ssh_rules = [
    for site, ranges in var.admin_networks : {
      description = "ssh from ${site}"
      port        = 22
      ranges      = ranges
    }
  ]

  # What operators may become in the data account.
  operator_roles = [
    for name in ["data-reader", "data-etl"] : "arn:aws:iam::${var.account_ids.data}:role/${name}"
  ]
}

module "network" {
  source = "./modules/network"

  providers = {
    aws = aws.shop
  }

  name               = local.prefix
  cidr               = var.network_cidr
  availability_zones = var.availability_zones
  single_nat_gateway = true
}

# Keys and defaults that more than one tier needs.

resource "aws_kms_key" "main" {
  provider = aws.shop

  description             = "Volumes, database and secrets of the shop"
  deletion_window_in_days = 30
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_ids.shop}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_kms_alias" "main" {
  provider = aws.shop

  name          = "alias/${local.prefix}"
  target_key_id = aws_kms_key.main.key_id
}

resource "aws_s3_account_public_access_block" "data" {
  provider = aws.data

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

# Kept for incidents: attached by hand to a host that hangs, then taken off again.
resource "aws_security_group" "break_glass" {
  provider = aws.shop

  name        = "${local.prefix}-break-glass"
  description = "SSH for the duration of an incident"
  vpc_id      = module.network.vpc_id

  ingress {
    description = "ssh"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_route53_record" "shop" {
  provider = aws.shop

  zone_id = var.zone_id
  name    = var.domain
  type    = "A"

  alias {
    name                   = module.web.dns_name
    zone_id                = module.web.zone_id
    evaluate_target_health = true
  }
}

module "web" {
  source = "./modules/web"

  providers = {
    aws = aws.shop
  }

  name            = local.prefix
  vpc_id          = module.network.vpc_id
  vpc_cidr        = var.network_cidr
  subnet_ids      = values(module.network.public_subnet_ids)
  certificate_arn = var.certificate_arn
  log_bucket      = module.storage.bucket_names["logs"]

  instances = module.app.instance_ids

  function_routes = {
    webhook = {
      function_name = module.functions.webhook.name
      function_arn  = module.functions.webhook.arn
      paths         = ["/webhooks/*"]
    }
  }
}

module "app" {
  source = "./modules/app"

  providers = {
    aws = aws.shop
  }

  name                    = local.prefix
  region                  = var.region
  vpc_id                  = module.network.vpc_id
  subnets                 = module.network.app_subnet_ids
  image_id                = var.image_id
  kms_key_arn             = aws_kms_key.main.arn
  balancer_group_id       = module.web.security_group_id
  database_secret_arn     = module.database.secret_arn
  media_bucket_arn        = module.storage.bucket_arns["media"]
  event_writer_role_arn   = module.customer_data.event_writer_role_arn
  database_endpoint       = module.database.endpoint
  log_group               = module.observability.log_groups["app"]
  alarm_topic             = module.observability.topic_arn
  feature_flags           = { recommendations = true, one_click = false }
  partner_feed_bucket     = module.storage.bucket_names["partner-feed"]
  partner_feed_bucket_arn = module.storage.bucket_arns["partner-feed"]
  partner_feed_key_arn    = module.storage.partner_feed_key_arn
  root_volume_size        = 40
  instance_type           = "m6i.large"
  metadata_hop_limit      = 1
  detailed_monitoring     = var.environment == "production"
  termination_protection  = var.environment == "production"
}

module "bastion" {
  source = "./modules/bastion"

  providers = {
    aws = aws.shop
  }

  name             = local.prefix
  vpc_id           = module.network.vpc_id
  subnet_id        = module.network.public_subnet_ids[var.availability_zones[0]]
  image_id         = var.image_id
  ingress_rules    = local.ssh_rules
  assumable_roles  = local.operator_roles
  root_volume_size = 20
}

module "legacy" {
  source = "./modules/legacy"

  providers = {
    aws = aws.shop
  }

  name              = local.prefix
  vpc_id            = module.network.vpc_id
  subnet_id         = module.network.legacy_subnet_id
  availability_zone = var.availability_zones[0]
  image_id          = var.image_id
  database_secret   = module.database.secret_arn
  kms_key_arn       = aws_kms_key.main.arn
}

module "database" {
  source = "./modules/database"

  providers = {
    aws = aws.shop
  }

  name         = local.prefix
  vpc_id       = module.network.vpc_id
  subnet_ids   = values(module.network.database_subnet_ids)
  app_group_id = module.app.security_group_id
  kms_key_arn  = aws_kms_key.main.arn
  password     = var.database_password
}

module "storage" {
  source = "./modules/storage"

  providers = {
    aws = aws.shop
  }

  name               = local.prefix
  account_id         = var.account_ids.shop
  partner_account_id = var.partner_account_id
}

module "functions" {
  source = "./modules/functions"

  providers = {
    aws = aws.shop
  }

  name            = local.prefix
  region          = var.region
  account_id      = var.account_ids.shop
  artifact_bucket = "${local.prefix}-artifacts"
  subnet_ids      = values(module.network.app_subnet_ids)
  group_ids       = [module.app.security_group_id]
}

module "ci" {
  source = "./modules/ci"

  providers = {
    aws = aws.shop
  }

  name            = local.prefix
  region          = var.region
  account_id      = var.account_ids.shop
  artifact_bucket = "${local.prefix}-artifacts"
}

module "customer_data" {
  source = "./modules/customer-data"

  providers = {
    aws = aws.data
  }

  name              = local.prefix
  account_id        = var.account_ids.data
  operator_role_arn = module.bastion.role_arn
  app_role_arn      = module.app.role_arn
}

module "observability" {
  source = "./modules/observability"

  providers = {
    aws      = aws.shop
    aws.data = aws.data
  }

  name       = local.prefix
  log_groups = ["app"]
}

module "client_vpn" {
  source = "./modules/client-vpn"
  count  = var.client_vpn ? 1 : 0

  providers = {
    aws = aws.shop
  }

  name            = local.prefix
  vpc_id          = module.network.vpc_id
  subnet_ids      = values(module.network.public_subnet_ids)
  certificate_arn = var.certificate_arn
}
