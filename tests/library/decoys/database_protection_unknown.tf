# why: A variable without a value decides.
# depends: aws-rds-database-deletable
variable "on" {
  type = bool
}
resource "aws_db_instance" "d" {
  identifier          = "d"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  deletion_protection = var.on
}
