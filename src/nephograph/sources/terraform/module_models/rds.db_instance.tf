# https://registry.terraform.io/modules/terraform-aws-modules/rds/aws/latest/submodules/db_instance
model {
  since = "6.0"
  until = 7
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create" { default = true }
variable "identifier" {}
variable "use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "max_allocated_storage" { default = null }
variable "storage_type" { default = null }
variable "kms_key_id" { default = null }
variable "db_name" { default = null }
variable "username" { default = null }
variable "password" { default = null }
variable "port" {
  type    = string
  default = null
}
variable "replicate_source_db" { default = null }
variable "db_subnet_group_name" { default = null }
variable "ca_cert_identifier" { default = null }
variable "backup_retention_period" { default = null }
variable "copy_tags_to_snapshot" { default = null }
variable "storage_encrypted" { default = true }
variable "manage_master_user_password" { default = true }
variable "iam_database_authentication_enabled" { default = false }
variable "vpc_security_group_ids" { default = null }
variable "multi_az" { default = false }
variable "publicly_accessible" { default = false }
variable "auto_minor_version_upgrade" { default = true }
variable "deletion_protection" { default = false }
variable "delete_automated_backups" { default = true }
variable "skip_final_snapshot" { default = false }
variable "performance_insights_enabled" { default = false }
variable "enabled_cloudwatch_logs_exports" { default = [] }
variable "monitoring_interval" { default = 0 }
variable "tags" { default = {} }

locals {
  replica = var.replicate_source_db != null
}

resource "aws_db_instance" "this" {
  region            = var.region
  count             = var.create ? 1 : 0
  identifier        = var.use_identifier_prefix ? null : var.identifier
  identifier_prefix = var.use_identifier_prefix ? "${var.identifier}-" : null
  engine            = local.replica ? null : var.engine
  username          = local.replica ? null : var.username
  password          = local.replica || var.manage_master_user_password ? null : var.password

  manage_master_user_password = !local.replica && var.manage_master_user_password ? true : null
  # Version 6 leaves the setting to the caller, version 7 copies them.
  copy_tags_to_snapshot = var.copy_tags_to_snapshot == null ? modelled::unknown("a default that differs by version") : var.copy_tags_to_snapshot

  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  allocated_storage                   = var.allocated_storage
  max_allocated_storage               = var.max_allocated_storage
  storage_type                        = var.storage_type
  kms_key_id                          = var.kms_key_id
  db_name                             = var.db_name
  port                                = var.port
  replicate_source_db                 = var.replicate_source_db
  db_subnet_group_name                = var.db_subnet_group_name
  ca_cert_identifier                  = var.ca_cert_identifier
  backup_retention_period             = var.backup_retention_period
  storage_encrypted                   = var.storage_encrypted
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  vpc_security_group_ids              = var.vpc_security_group_ids
  multi_az                            = var.multi_az
  publicly_accessible                 = var.publicly_accessible
  auto_minor_version_upgrade          = var.auto_minor_version_upgrade
  deletion_protection                 = var.deletion_protection
  delete_automated_backups            = var.delete_automated_backups
  skip_final_snapshot                 = var.skip_final_snapshot
  performance_insights_enabled        = var.performance_insights_enabled
  enabled_cloudwatch_logs_exports     = var.enabled_cloudwatch_logs_exports
  monitoring_interval                 = var.monitoring_interval
  tags                                = var.tags
}

output "db_instance_arn" { value = try(aws_db_instance.this[0].arn, null) }
output "db_instance_identifier" { value = try(aws_db_instance.this[0].identifier, null) }
output "db_instance_endpoint" { value = try(aws_db_instance.this[0].endpoint, null) }
output "db_instance_address" { value = try(aws_db_instance.this[0].address, null) }
