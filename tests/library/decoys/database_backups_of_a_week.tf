# why: Seven days of backups is a week.
# quiet: aws-rds-database-backups-short
resource "aws_db_instance" "d" {
  identifier              = "d"
  engine                  = "postgres"
  instance_class          = "db.t4g.small"
  backup_retention_period = 7
}
