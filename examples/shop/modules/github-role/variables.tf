variable "name" {
  type = string
}

variable "provider_arn" {
  type = string
}

variable "repository" {
  description = "Repository (owner/name) whose workflows may take the role on."
  type        = string
  default     = "*"
}

variable "branch" {
  type    = string
  default = "main"
}

variable "policy_arns" {
  type = map(string)
}
