variable "region" {
  description = "Region of everything."
  type        = string
  default     = "eu-west-1"
}

variable "environment" {
  description = "Name of the environment."
  type        = string
  default     = "production"
}

variable "account_ids" {
  description = "The two accounts."
  type = object({
    shop = string
    data = string
  })
}

variable "network_cidr" {
  description = "Address range of the network (a /16)."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.network_cidr))
    error_message = "The network's range must be an IPv4 CIDR."
  }
}

variable "availability_zones" {
  description = "Zones to spread over."
  type        = list(string)
}

variable "admin_networks" {
  description = "Where operators sit: name of the site to its address ranges."
  type        = map(list(string))
}

variable "domain" {
  description = "Public name of the shop."
  type        = string
}

variable "zone_id" {
  description = "Hosted zone of the domain."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the public listener."
  type        = string
}

variable "image_id" {
  description = "Machine image of the application hosts."
  type        = string
}

variable "database_password" {
  description = "Master password, from the pipeline's environment."
  type        = string
  sensitive   = true
}

variable "partner_account_id" {
  description = "Account of the logistics partner."
  type        = string
  default     = "777788889999"
}

variable "client_vpn" {
  description = "Build the client VPN (planned, replaces the bastion)."
  type        = bool
  default     = false
}
