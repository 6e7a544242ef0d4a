# why: A variable without a value decides.
# depends: aws-ssm-parameter-secret-in-clear
variable "t" {
  type = string
}
variable "v" {
  type = string
}
resource "aws_ssm_parameter" "p" {
  name  = "/app/db_password"
  type  = var.t
  value = var.v
}
