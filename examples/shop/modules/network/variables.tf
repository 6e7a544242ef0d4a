variable "name" {
  type = string
}

variable "cidr" {
  type = string
}

variable "availability_zones" {
  type = list(string)
}

variable "single_nat_gateway" {
  description = "One gateway for all zones instead of one each."
  type        = bool
  default     = false
}
