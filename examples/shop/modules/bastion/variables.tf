variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_id" {
  type = string
}

variable "image_id" {
  type = string
}

variable "ingress_rules" {
  type = list(object({
    description = string
    port        = number
    ranges      = list(string)
  }))
}

variable "assumable_roles" {
  description = "Roles that operators may take on from here."
  type        = list(string)
  default     = []
}

variable "root_volume_size" {
  type    = number
  default = 20
}
