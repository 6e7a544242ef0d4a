output "url" {
  description = "Where the shop answers."
  value       = "https://${var.domain}"
}

output "bastion_address" {
  description = "Where operators log in."
  value       = module.bastion.address
}

output "deploy_role_arn" {
  description = "Role of the release workflow."
  value       = module.ci.deploy_role_arn
}

output "customer_bucket" {
  description = "Where customer data lies."
  value       = module.customer_data.bucket_name
}
