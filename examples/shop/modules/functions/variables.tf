variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "artifact_bucket" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "group_ids" {
  type = list(string)
}
