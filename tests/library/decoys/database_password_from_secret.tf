# why: The password comes out of Secrets Manager.
# quiet: aws-rds-database-password-in-code
data "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}
resource "aws_db_instance" "d" {
  identifier     = "d"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  username       = "app"
  password       = data.aws_secretsmanager_secret_version.db.secret_string
}
