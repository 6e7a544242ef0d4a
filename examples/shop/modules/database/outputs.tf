output "secret_arn" {
  value = aws_secretsmanager_secret.orders.arn
}

output "endpoint" {
  value = aws_db_instance.orders.endpoint
}
