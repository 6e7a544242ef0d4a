output "deploy_role_arn" {
  value = module.deploy.arn
}
