variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "availability_zone" {
  type = string
}

variable "image_id" {
  type = string
}

variable "database_secret" {
  type = string
}

variable "kms_key_arn" {
  type = string
}
