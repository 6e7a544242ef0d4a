# why: What a replica has to have, its source has.
# quiet: aws-rds-database-not-backed-up, aws-rds-database-single-zone, aws-rds-database-password-unmanaged
resource "aws_db_instance" "r" {
  identifier          = "r"
  replicate_source_db = "orders"
  instance_class      = "db.t4g.small"
}
