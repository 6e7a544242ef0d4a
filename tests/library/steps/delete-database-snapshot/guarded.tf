# The way in: a role that anyone with an AWS account may assume.
resource "aws_iam_role" "door" {
  name = "door"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
  permissions_boundary = aws_iam_policy.limit.arn
}

resource "aws_iam_role_policy" "door" {
  name = "door"
  role = aws_iam_role.door.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["rds:DeleteDBSnapshot"], Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "limit" {
  name = "limit"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["rds:Describe*"], Resource = "*" }]
  })
}

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  storage_encrypted = false
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = aws_db_instance.orders.identifier
  db_snapshot_identifier = "orders"
}
