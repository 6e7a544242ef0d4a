# why: both are longer than a week
# quiet: aws-rds-database-backups-short, aws-rds-database-not-backed-up
variable "on" {}
resource "aws_db_instance" "d" {
  engine                  = "mysql"
  backup_retention_period = var.on ? 30 : 14
}
