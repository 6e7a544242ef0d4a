variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "app_group_id" {
  type = string
}

variable "kms_key_arn" {
  type = string
}

variable "password" {
  type      = string
  sensitive = true
}
