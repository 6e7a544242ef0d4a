# why: m45 is no m4.
# quiet: aws-rds-database-class-previous
resource "aws_db_instance" "d" {
  identifier     = "d"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}
