environment = "production"

account_ids = {
  shop = "111122223333"
  data = "444455556666"
}

network_cidr       = "10.20.0.0/16"
availability_zones = ["eu-west-1a", "eu-west-1b"]

admin_networks = {
  dublin = ["198.51.100.0/25"]
  berlin = ["203.0.113.16/28", "203.0.113.64/28"]
  # Split tunnel, as the OpenVPN profile pushes it.
  remote = ["0.0.0.0/1", "128.0.0.0/1"]
}

domain          = "shop.example.com"
zone_id         = "Z04815162342EXAMPLE"
certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/6f1f0c2e-7c1b-4a0e-9a53-0d5c3f1b7a10"
image_id        = "ami-0a1b2c3d4e5f60718"
