# https://registry.terraform.io/modules/terraform-aws-modules/eks/aws
# Version 21 dropped the prefix cluster_ of many arguments: both spellings are understood.
model {
  since = "20.0"
  until = 21
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create" { default = true }
variable "name" { default = "" }
variable "cluster_name" { default = "" }
variable "subnet_ids" { default = [] }
variable "vpc_id" { default = null }
variable "control_plane_subnet_ids" { default = [] }
variable "endpoint_private_access" { default = true }
variable "cluster_endpoint_private_access" { default = true }
variable "endpoint_public_access" { default = false }
variable "cluster_endpoint_public_access" { default = false }
variable "endpoint_public_access_cidrs" { default = null }
variable "cluster_endpoint_public_access_cidrs" { default = null }
variable "enabled_log_types" { default = null }
variable "cluster_enabled_log_types" { default = null }

# Node groups, roles, keys and security groups are not modelled.
resource "aws_eks_cluster" "this" {
  region                    = var.region
  count                     = var.create ? 1 : 0
  name                      = try(coalesce(var.name, var.cluster_name), "")
  enabled_cluster_log_types = try(coalescelist(coalesce(var.enabled_log_types, var.cluster_enabled_log_types, ["audit", "api", "authenticator"])), [])

  vpc_config {
    security_group_ids      = modelled::unknown("the security group of the cluster")
    subnet_ids              = coalescelist(var.control_plane_subnet_ids, var.subnet_ids)
    endpoint_private_access = var.endpoint_private_access && var.cluster_endpoint_private_access
    endpoint_public_access  = var.endpoint_public_access || var.cluster_endpoint_public_access
    public_access_cidrs     = coalesce(var.endpoint_public_access_cidrs, var.cluster_endpoint_public_access_cidrs, ["0.0.0.0/0"])
  }
}

output "cluster_name" { value = try(aws_eks_cluster.this[0].name, "") }
output "cluster_arn" { value = try(aws_eks_cluster.this[0].arn, null) }
output "cluster_endpoint" { value = try(aws_eks_cluster.this[0].endpoint, null) }
