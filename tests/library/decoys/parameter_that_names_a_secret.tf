# why: The parameter holds the name of a secret, not the secret.
# quiet: aws-ssm-parameter-secret-in-clear
resource "aws_ssm_parameter" "p" {
  name  = "/app/db_password_arn"
  type  = "String"
  value = "x"
}
