# https://registry.terraform.io/modules/terraform-aws-modules/s3-bucket/aws
model {
  since = "3.15"
  until = 5
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create_bucket" { default = true }
variable "is_directory_bucket" { default = false }
variable "bucket" { default = null }
variable "bucket_prefix" { default = null }
variable "acl" { default = null }
variable "grant" { default = [] }
variable "owner" { default = {} }
variable "tags" { default = {} }
variable "force_destroy" { default = false }
variable "object_lock_enabled" { default = false }
variable "object_lock_configuration" { default = {} }
variable "versioning" { default = {} }
variable "logging" { default = {} }
variable "website" { default = {} }
variable "cors_rule" { default = [] }
variable "lifecycle_rule" { default = [] }
variable "replication_configuration" { default = {} }
variable "server_side_encryption_configuration" { default = {} }
variable "acceleration_status" { default = null }
variable "request_payer" { default = null }
variable "expected_bucket_owner" { default = null }
variable "attach_public_policy" { default = true }
variable "block_public_acls" { default = true }
variable "block_public_policy" { default = true }
variable "ignore_public_acls" { default = true }
variable "restrict_public_buckets" { default = true }
variable "control_object_ownership" { default = false }
variable "object_ownership" { default = "BucketOwnerEnforced" }
variable "policy" { default = null }
variable "attach_policy" { default = false }
variable "attach_elb_log_delivery_policy" { default = false }
variable "attach_lb_log_delivery_policy" { default = false }
variable "attach_access_log_delivery_policy" { default = false }
variable "attach_cloudtrail_log_delivery_policy" { default = false }
variable "attach_waf_log_delivery_policy" { default = false }
variable "attach_deny_insecure_transport_policy" { default = false }
variable "attach_require_latest_tls_policy" { default = false }
variable "attach_inventory_destination_policy" { default = false }
variable "attach_analytics_destination_policy" { default = false }
variable "attach_deny_incorrect_encryption_headers" { default = false }
variable "attach_deny_incorrect_kms_key_sse" { default = false }
variable "attach_deny_unencrypted_object_uploads" { default = false }
variable "attach_deny_ssec_encrypted_object_uploads" { default = false }

locals {
  here   = var.create_bucket && !var.is_directory_bucket
  grants = try(jsondecode(var.grant), var.grant)

  switch = lookup(var.versioning, "enabled", lookup(var.versioning, "status", "Enabled"))
  mfa    = lookup(var.versioning, "mfa_delete", null)

  # Policies that the module writes and that are not modelled.
  written = anytrue([
    var.attach_elb_log_delivery_policy,
    var.attach_lb_log_delivery_policy,
    var.attach_access_log_delivery_policy,
    var.attach_cloudtrail_log_delivery_policy,
    var.attach_waf_log_delivery_policy,
    var.attach_inventory_destination_policy,
    var.attach_analytics_destination_policy,
    var.attach_deny_incorrect_encryption_headers,
    var.attach_deny_incorrect_kms_key_sse,
    var.attach_deny_unencrypted_object_uploads,
    var.attach_deny_ssec_encrypted_object_uploads,
  ])
}

resource "aws_s3_bucket" "this" {
  region              = var.region
  count               = local.here ? 1 : 0
  bucket              = var.bucket
  bucket_prefix       = var.bucket_prefix
  force_destroy       = var.force_destroy
  object_lock_enabled = var.object_lock_enabled
  tags                = var.tags

  # The module says these by resources of their own.
  acl                                  = null
  policy                               = null
  versioning                           = null
  logging                              = null
  grant                                = null
  website                              = null
  cors_rule                            = null
  lifecycle_rule                       = null
  replication_configuration            = null
  server_side_encryption_configuration = null
  object_lock_configuration            = null
  acceleration_status                  = null
  request_payer                        = null
}

resource "aws_s3_bucket_acl" "this" {
  region = var.region
  count  = local.here && ((var.acl != null && var.acl != "null") || length(local.grants) > 0) ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl == "null" ? null : var.acl

  dynamic "access_control_policy" {
    for_each = length(local.grants) > 0 ? [true] : []
    content {
      owner {
        id = try(var.owner.id, modelled::unknown("the canonical id of the account"))
      }
      dynamic "grant" {
        for_each = local.grants
        content {
          permission = grant.value.permission
          grantee {
            type          = grant.value.type
            id            = try(grant.value.id, null)
            uri           = try(grant.value.uri, null)
            email_address = try(grant.value.email, null)
          }
        }
      }
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  region                  = var.region
  count                   = local.here && var.attach_public_policy ? 1 : 0
  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = var.block_public_acls
  block_public_policy     = var.block_public_policy
  ignore_public_acls      = var.ignore_public_acls
  restrict_public_buckets = var.restrict_public_buckets
}

resource "aws_s3_bucket_ownership_controls" "this" {
  region = var.region
  count  = local.here && var.control_object_ownership ? 1 : 0
  bucket = local.policy_is_attached ? aws_s3_bucket_policy.this[0].id : aws_s3_bucket.this[0].id

  rule {
    object_ownership = var.object_ownership
  }
}

resource "aws_s3_bucket_versioning" "this" {
  region                = var.region
  count                 = local.here && length(keys(var.versioning)) > 0 ? 1 : 0
  bucket                = aws_s3_bucket.this[0].id
  expected_bucket_owner = var.expected_bucket_owner
  mfa                   = try(var.versioning.mfa, null)

  versioning_configuration {
    status     = can(tobool(local.switch)) ? (tobool(local.switch) ? "Enabled" : "Suspended") : title(lower(local.switch))
    mfa_delete = can(tobool(local.mfa)) ? (local.mfa == null ? null : local.mfa ? "Enabled" : "Disabled") : title(lower(local.mfa))
  }
}

resource "aws_s3_bucket_logging" "this" {
  region        = var.region
  count         = local.here && length(keys(var.logging)) > 0 ? 1 : 0
  bucket        = aws_s3_bucket.this[0].id
  target_bucket = var.logging.target_bucket
  target_prefix = var.logging.target_prefix
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  region                = var.region
  count                 = var.create_bucket && length(keys(var.server_side_encryption_configuration)) > 0 ? 1 : 0
  bucket                = var.is_directory_bucket ? null : aws_s3_bucket.this[0].id
  expected_bucket_owner = var.expected_bucket_owner

  dynamic "rule" {
    for_each = try(flatten([var.server_side_encryption_configuration.rule]), [])
    content {
      bucket_key_enabled = try(rule.value.bucket_key_enabled, null)
      # Only the last versions hand it on.
      blocked_encryption_types = can(rule.value.blocked_encryption_types) ? modelled::unknown("blocked_encryption_types") : null
      dynamic "apply_server_side_encryption_by_default" {
        for_each = try([rule.value.apply_server_side_encryption_by_default], [])
        content {
          sse_algorithm     = apply_server_side_encryption_by_default.value.sse_algorithm
          kms_master_key_id = try(apply_server_side_encryption_by_default.value.kms_master_key_id, null)
        }
      }
    }
  }
}

resource "aws_s3_bucket_website_configuration" "this" {
  region = var.region
  count  = local.here && length(keys(var.website)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_cors_configuration" "this" {
  region = var.region
  count  = local.here && length(try(jsondecode(var.cors_rule), var.cors_rule)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  region = var.region
  count  = var.create_bucket && length(try(jsondecode(var.lifecycle_rule), var.lifecycle_rule)) > 0 ? 1 : 0
  bucket = var.is_directory_bucket ? null : aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_replication_configuration" "this" {
  region = var.region
  count  = local.here && length(keys(var.replication_configuration)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  region = var.region
  count  = var.create_bucket && var.object_lock_enabled && try(var.object_lock_configuration.rule.default_retention, null) != null ? 1 : 0
  bucket = var.is_directory_bucket ? null : aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_accelerate_configuration" "this" {
  region = var.region
  count  = local.here && var.acceleration_status != null ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  status = title(lower(var.acceleration_status))
}

resource "aws_s3_bucket_request_payment_configuration" "this" {
  region = var.region
  count  = local.here && var.request_payer != null ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  payer  = lower(var.request_payer) == "requester" ? "Requester" : "BucketOwner"
}

locals {
  policy_is_attached = var.attach_policy || local.written || local.asks_for_tls
  asks_for_tls       = var.attach_deny_insecure_transport_policy || var.attach_require_latest_tls_policy
}

data "aws_iam_policy_document" "tls" {
  for_each = {
    denyOutdatedTLS       = ["NumericLessThan", "s3:TlsVersion", "1.2", var.attach_require_latest_tls_policy]
    denyInsecureTransport = ["Bool", "aws:SecureTransport", "false", var.attach_deny_insecure_transport_policy]
  }

  statement {
    sid       = each.key
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = local.here ? [aws_s3_bucket.this[0].arn, "${aws_s3_bucket.this[0].arn}/*"] : []

    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = each.value[0]
      variable = each.value[1]
      values   = [each.value[2]]
    }
  }
}

data "aws_iam_policy_document" "all" {
  source_policy_documents = compact([
    var.attach_require_latest_tls_policy ? data.aws_iam_policy_document.tls["denyOutdatedTLS"].json : "",
    var.attach_deny_insecure_transport_policy ? data.aws_iam_policy_document.tls["denyInsecureTransport"].json : "",
    var.attach_policy ? var.policy : "",
  ])
}

resource "aws_s3_bucket_policy" "this" {
  region = var.region
  count  = local.here && local.policy_is_attached ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  policy = local.written ? modelled::unknown("statements that the module writes") : data.aws_iam_policy_document.all.json
}

output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, "") }
output "s3_bucket_arn" { value = try(aws_s3_bucket.this[0].arn, "") }
output "s3_bucket_bucket_domain_name" { value = try(aws_s3_bucket.this[0].bucket_domain_name, "") }
output "s3_bucket_bucket_regional_domain_name" { value = try(aws_s3_bucket.this[0].bucket_regional_domain_name, "") }
output "s3_bucket_hosted_zone_id" { value = try(aws_s3_bucket.this[0].hosted_zone_id, "") }
output "s3_bucket_website_endpoint" { value = try(aws_s3_bucket_website_configuration.this[0].website_endpoint, "") }
output "s3_bucket_website_domain" { value = try(aws_s3_bucket_website_configuration.this[0].website_domain, "") }
