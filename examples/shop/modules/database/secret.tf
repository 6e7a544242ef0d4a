resource "aws_secretsmanager_secret" "orders" {
  name        = "${var.name}/database/orders"
  description = "Credentials of the orders database"
  kms_key_id  = var.kms_key_arn
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id = aws_secretsmanager_secret.orders.id

  secret_string = jsonencode({
    host     = aws_db_instance.orders.address
    username = aws_db_instance.orders.username
    password = var.password
  })
}
