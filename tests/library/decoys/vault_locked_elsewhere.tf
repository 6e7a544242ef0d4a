# why: The lock stands in a resource of its own.
# quiet: aws-backup-vault-unlocked, aws-backup-vault-lock-breakable
resource "aws_backup_vault" "v" {
  name = "v"
}
resource "aws_backup_vault_lock_configuration" "v" {
  backup_vault_name   = aws_backup_vault.v.name
  min_retention_days  = 7
  changeable_for_days = 3
}
