# why: The snapshot says whether it is encrypted.
# depends: aws-rds-database-unencrypted
resource "aws_db_instance" "d" {
  identifier          = "d"
  snapshot_identifier = "old"
  instance_class      = "db.t4g.small"
}
