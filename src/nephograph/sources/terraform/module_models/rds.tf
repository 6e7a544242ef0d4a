# https://registry.terraform.io/modules/terraform-aws-modules/rds/aws
model {
  since = "6.0"
  until = 7
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create_db_instance" { default = true }
variable "create_db_subnet_group" { default = false }
variable "db_subnet_group_name" { default = null }
variable "identifier" {}
variable "instance_use_identifier_prefix" { default = false }
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "max_allocated_storage" { default = 0 }
variable "storage_type" { default = null }
variable "storage_encrypted" { default = true }
variable "kms_key_id" { default = null }
variable "db_name" { default = null }
variable "username" { default = null }
variable "password" { default = null }
variable "port" {
  type    = string
  default = null
}
variable "manage_master_user_password" { default = true }
variable "iam_database_authentication_enabled" { default = false }
variable "replicate_source_db" { default = null }
variable "vpc_security_group_ids" { default = [] }
variable "subnet_ids" { default = [] }
variable "multi_az" { default = false }
variable "publicly_accessible" { default = false }
variable "ca_cert_identifier" { default = null }
variable "auto_minor_version_upgrade" { default = true }
variable "backup_retention_period" { default = null }
variable "copy_tags_to_snapshot" { default = null }
variable "deletion_protection" { default = false }
variable "delete_automated_backups" { default = true }
variable "skip_final_snapshot" { default = false }
variable "performance_insights_enabled" { default = false }
variable "enabled_cloudwatch_logs_exports" { default = [] }
variable "monitoring_interval" { default = 0 }
variable "family" { default = null }
variable "major_engine_version" { default = null }
variable "tags" { default = {} }
variable "db_instance_tags" { default = {} }

module "db_instance" {
  source = "terraform-aws-modules/rds/aws//modules/db_instance"

  region                 = var.region
  create                 = var.create_db_instance
  identifier             = var.identifier
  use_identifier_prefix  = var.instance_use_identifier_prefix
  replicate_source_db    = var.replicate_source_db
  vpc_security_group_ids = var.vpc_security_group_ids
  db_subnet_group_name   = var.create_db_subnet_group ? modelled::unknown("the name of the subnet group") : var.db_subnet_group_name

  engine                              = var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  allocated_storage                   = var.allocated_storage
  max_allocated_storage               = var.max_allocated_storage
  storage_type                        = var.storage_type
  storage_encrypted                   = var.storage_encrypted
  kms_key_id                          = var.kms_key_id
  db_name                             = var.db_name
  username                            = var.username
  password                            = var.manage_master_user_password ? null : var.password
  port                                = var.port
  manage_master_user_password         = var.manage_master_user_password
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  multi_az                            = var.multi_az
  publicly_accessible                 = var.publicly_accessible
  ca_cert_identifier                  = var.ca_cert_identifier
  auto_minor_version_upgrade          = var.auto_minor_version_upgrade
  backup_retention_period             = var.backup_retention_period
  copy_tags_to_snapshot               = var.copy_tags_to_snapshot
  deletion_protection                 = var.deletion_protection
  delete_automated_backups            = var.delete_automated_backups
  skip_final_snapshot                 = var.skip_final_snapshot
  performance_insights_enabled        = var.performance_insights_enabled
  enabled_cloudwatch_logs_exports     = var.enabled_cloudwatch_logs_exports
  monitoring_interval                 = var.monitoring_interval
  tags                                = merge(var.tags, var.db_instance_tags)
}

output "db_instance_arn" { value = module.db_instance.db_instance_arn }
output "db_instance_identifier" { value = module.db_instance.db_instance_identifier }
output "db_instance_endpoint" { value = module.db_instance.db_instance_endpoint }
output "db_instance_address" { value = module.db_instance.db_instance_address }
