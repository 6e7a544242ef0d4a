# why: Public by its flag, and its group lets nobody in.
# quiet: aws-rds-database-exposed
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "db" {
  name        = "db"
  description = "db"
  vpc_id      = aws_vpc.main.id
}
resource "aws_db_instance" "d" {
  identifier             = "d"
  engine                 = "postgres"
  instance_class         = "db.t4g.small"
  publicly_accessible    = true
  vpc_security_group_ids = [aws_security_group.db.id]
}
