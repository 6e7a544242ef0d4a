variable "name" {
  type = string
}

variable "classification" {
  type = string

  validation {
    condition     = contains(["public", "internal", "confidential"], var.classification)
    error_message = "The classification is public, internal or confidential."
  }
}

variable "versioned" {
  type    = bool
  default = true
}

variable "kms_key_arn" {
  description = "Key of the bucket; without one, S3's own."
  type        = string
  default     = null
}

variable "allow_wide_policy" {
  description = "S3 refuses policies it takes for public; log delivery needs one."
  type        = bool
  default     = false
}
