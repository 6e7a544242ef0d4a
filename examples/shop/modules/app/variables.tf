variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnets" {
  description = "Zone to subnet; one host each."
  type        = map(string)
}

variable "image_id" {
  type = string
}

variable "instance_type" {
  type = string
}

variable "root_volume_size" {
  type = number
}

variable "metadata_hop_limit" {
  type = number
}

variable "detailed_monitoring" {
  type = bool
}

variable "termination_protection" {
  type = bool
}

variable "kms_key_arn" {
  type = string
}

variable "balancer_group_id" {
  type = string
}

variable "database_secret_arn" {
  type = string
}

variable "database_endpoint" {
  type = string
}

variable "media_bucket_arn" {
  type = string
}

variable "partner_feed_bucket" {
  type = string
}

variable "partner_feed_bucket_arn" {
  type = string
}

variable "partner_feed_key_arn" {
  type = string
}

variable "event_writer_role_arn" {
  type = string
}

variable "log_group" {
  type = string
}

variable "alarm_topic" {
  type = string
}

variable "feature_flags" {
  type    = map(bool)
  default = {}
}
