resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "database" {
  name        = "${var.name}-database"
  description = "Orders database"
  vpc_id      = var.vpc_id

  ingress {
    description     = "application hosts"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [var.app_group_id]
  }
}

resource "aws_db_instance" "orders" {
  identifier                = "${var.name}-orders"
  engine                    = "postgres"
  engine_version            = "16.4"
  instance_class            = "db.m6g.large"
  allocated_storage         = 200
  db_name                   = "orders"
  username                  = "shop"
  password                  = var.password
  port                      = 5432
  multi_az                  = true
  storage_encrypted         = true
  kms_key_id                = var.kms_key_arn
  db_subnet_group_name      = aws_db_subnet_group.this.name
  vpc_security_group_ids    = [aws_security_group.database.id]
  publicly_accessible       = false
  backup_retention_period   = 14
  final_snapshot_identifier = "${var.name}-orders-final"
}

# The finance team's tool connects through the office network.
resource "aws_security_group" "reporting" {
  name        = "${var.name}-reporting"
  description = "Reporting replica"
  vpc_id      = var.vpc_id

  ingress {
    description = "reporting tool"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "reporting" {
  identifier              = "${var.name}-reporting"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.t4g.large"
  allocated_storage       = 200
  db_name                 = "reporting"
  username                = "reporting"
  password                = var.password
  port                    = 5432
  storage_encrypted       = true
  kms_key_id              = var.kms_key_arn
  db_subnet_group_name    = aws_db_subnet_group.this.name
  vpc_security_group_ids  = [aws_security_group.reporting.id]
  publicly_accessible     = true
  deletion_protection     = true
  backup_retention_period = 7
  skip_final_snapshot     = true
}
