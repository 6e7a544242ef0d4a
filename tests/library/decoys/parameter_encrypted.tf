# why: A SecureString whose value is not in the code.
# quiet: aws-ssm-parameter-secret-in-clear, aws-ssm-parameter-secret-in-code
variable "v" {
  type = string
}
resource "aws_ssm_parameter" "p" {
  name  = "/app/db_password"
  type  = "SecureString"
  value = var.v
}
