variable "name" {
  type = string
}

variable "log_groups" {
  type = set(string)
}
