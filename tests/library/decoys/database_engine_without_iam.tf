# why: Oracle cannot log in with IAM.
# quiet: aws-rds-database-iam-login-off
resource "aws_db_instance" "d" {
  identifier     = "d"
  engine         = "oracle-ee"
  instance_class = "db.m6i.large"
}
