variable "name" {
  type = string
}

variable "account_id" {
  type = string
}

variable "partner_account_id" {
  type = string
}
