# why: a module hands out what is encrypted with somebody's key, and names it so
# quiet: terraform-output-secret-shown
module "user" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-user"
  version = "6.2.1"
  name    = "a"
  pgp_key = "keybase:a"
}

output "password" {
  value = module.user.login_profile_encrypted_password
}

output "first" {
  value = module.user[*].access_key_encrypted_secret[0]
}

output "not_looked_at" {
  value     = module.user.login_profile_password
  sensitive = true
}
