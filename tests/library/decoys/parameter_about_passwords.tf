# why: How long passwords have to be is no password.
# quiet: aws-ssm-parameter-secret-in-clear
resource "aws_ssm_parameter" "p" {
  name  = "/app/password_length"
  type  = "String"
  value = "20"
}
