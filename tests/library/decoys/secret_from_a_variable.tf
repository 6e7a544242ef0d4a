# why: The value is no literal.
# quiet: aws-secretsmanager-secret-in-code
variable "password" {
  type      = string
  sensitive = true
}
resource "aws_secretsmanager_secret" "s" {
  name = "s"
}
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = var.password
}
