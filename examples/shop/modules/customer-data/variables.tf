variable "name" {
  type = string
}

variable "account_id" {
  type = string
}

variable "operator_role_arn" {
  description = "Role of the operators in the shop account."
  type        = string
}

variable "app_role_arn" {
  description = "Role of the application in the shop account."
  type        = string
}
