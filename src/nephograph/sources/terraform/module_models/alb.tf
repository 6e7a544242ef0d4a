# https://registry.terraform.io/modules/terraform-aws-modules/alb/aws
model {
  since = "9.0"
  until = 10
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create" { default = true }
variable "tags" { default = {} }
variable "access_logs" { default = null }
variable "drop_invalid_header_fields" { default = true }
variable "enable_deletion_protection" { default = true }
variable "desync_mitigation_mode" { default = null }
variable "internal" { default = null }
variable "load_balancer_type" { default = "application" }
variable "name" { default = null }
variable "name_prefix" { default = null }
variable "security_groups" { default = [] }
variable "subnets" { default = null }
variable "create_security_group" { default = true }
variable "security_group_name" { default = null }
variable "security_group_use_name_prefix" { default = true }
variable "vpc_id" { default = null }
variable "security_group_ingress_rules" { default = null }
variable "security_group_egress_rules" { default = null }
variable "security_group_tags" { default = {} }

locals {
  group = var.create && var.create_security_group
  label = try(coalesce(var.security_group_name, var.name, var.name_prefix), "")
}

# Listeners, their rules and target groups are not modelled.
resource "aws_lb" "this" {
  region                     = var.region
  count                      = var.create ? 1 : 0
  name                       = var.name
  name_prefix                = var.name_prefix
  internal                   = var.internal
  load_balancer_type         = var.load_balancer_type
  subnets                    = var.subnets
  security_groups            = var.create_security_group ? concat([aws_security_group.this[0].id], var.security_groups) : var.security_groups
  drop_invalid_header_fields = var.drop_invalid_header_fields
  enable_deletion_protection = var.enable_deletion_protection
  desync_mitigation_mode     = var.desync_mitigation_mode

  dynamic "access_logs" {
    for_each = var.access_logs == null || length(coalesce(var.access_logs, {})) == 0 ? [] : [var.access_logs]
    content {
      bucket  = access_logs.value.bucket
      enabled = coalesce(lookup(access_logs.value, "enabled", null), true)
      prefix  = lookup(access_logs.value, "prefix", null)
    }
  }
}

resource "aws_security_group" "this" {
  region      = var.region
  count       = local.group ? 1 : 0
  name        = var.security_group_use_name_prefix ? null : local.label
  name_prefix = var.security_group_use_name_prefix ? "${local.label}-" : null
  vpc_id      = var.vpc_id
  ingress     = null
  egress      = null
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  region            = var.region
  for_each          = { for name, rule in coalesce(var.security_group_ingress_rules, {}) : name => rule if local.group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = tostring(lookup(each.value, "ip_protocol", "tcp"))
  from_port         = try(tostring(lookup(each.value, "from_port", null)), null)
  to_port           = try(tostring(try(coalesce(lookup(each.value, "to_port", null), lookup(each.value, "from_port", null)), null)), null)
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)

  referenced_security_group_id = lookup(each.value, "referenced_security_group_id", null)
}

resource "aws_vpc_security_group_egress_rule" "this" {
  region            = var.region
  for_each          = { for name, rule in coalesce(var.security_group_egress_rules, {}) : name => rule if local.group }
  security_group_id = aws_security_group.this[0].id
  ip_protocol       = tostring(lookup(each.value, "ip_protocol", "tcp"))
  from_port         = try(tostring(try(coalesce(lookup(each.value, "from_port", null), lookup(each.value, "to_port", null)), null)), null)
  to_port           = try(tostring(lookup(each.value, "to_port", null)), null)
  cidr_ipv4         = lookup(each.value, "cidr_ipv4", null)
  cidr_ipv6         = lookup(each.value, "cidr_ipv6", null)
  prefix_list_id    = lookup(each.value, "prefix_list_id", null)

  referenced_security_group_id = lookup(each.value, "referenced_security_group_id", null)
}

output "arn" { value = try(aws_lb.this[0].arn, null) }
output "id" { value = try(aws_lb.this[0].id, null) }
output "dns_name" { value = try(aws_lb.this[0].dns_name, null) }
output "zone_id" { value = try(aws_lb.this[0].zone_id, null) }
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
