# why: The password is made at random.
# quiet: aws-rds-database-password-in-code
resource "random_password" "db" {
  length = 32
}
resource "aws_db_instance" "d" {
  identifier     = "d"
  engine         = "postgres"
  instance_class = "db.t4g.small"
  username       = "app"
  password       = random_password.db.result
}
