locals {
  bucket_names = {
    customers = "${var.name}-customer-data"
    analytics = "${var.name}-analytics"
  }
}

resource "aws_kms_key" "customers" {
  description             = "Customer data"
  deletion_window_in_days = 30
  enable_key_rotation     = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }
    ]
  })
}

module "customers" {
  source = "../bucket"

  name           = local.bucket_names.customers
  classification = "confidential"
  kms_key_arn    = aws_kms_key.customers.arn
}

module "analytics" {
  source = "../bucket"

  name           = local.bucket_names.analytics
  classification = "internal"
}

data "aws_iam_policy_document" "customers" {
  statement {
    sid       = "TransportEncryption"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [module.customers.arn, "${module.customers.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  # The nightly job reads the export, never the source.
  statement {
    sid       = "NoBulkJobs"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [module.customers.arn, "${module.customers.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.etl.arn]
    }
  }
}

resource "aws_s3_bucket_policy" "customers" {
  bucket = module.customers.name
  policy = data.aws_iam_policy_document.customers.json
}
