variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "vpc_cidr" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "certificate_arn" {
  type = string
}

variable "log_bucket" {
  type = string
}

variable "instances" {
  description = "Application hosts: zone to instance."
  type        = map(string)
}

variable "function_routes" {
  description = "Functions behind the balancer, by name."
  type = map(object({
    function_name = string
    function_arn  = string
    paths         = list(string)
  }))
  default = {}
}

variable "ssl_policy" {
  description = "TLS policy of the public listener."
  type        = string
  default     = "ELBSecurityPolicy-2016-08"
}
