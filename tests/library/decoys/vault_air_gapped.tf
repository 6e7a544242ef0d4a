# why: Air-gapped vaults are locked by themselves.
# quiet: aws-backup-vault-unlocked
resource "aws_backup_logically_air_gapped_vault" "v" {
  name               = "v"
  min_retention_days = 7
  max_retention_days = 35
}
