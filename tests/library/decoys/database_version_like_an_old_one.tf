# why: PostgreSQL 12 is out of support, 16.12 is not.
# quiet: aws-rds-database-engine-ended
resource "aws_db_instance" "d" {
  identifier     = "d"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  engine_version = "16.12"
}
