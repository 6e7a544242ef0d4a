locals {
  buckets = {
    media = {
      classification = "public"
      versioned      = false
    }
    partner-feed = {
      classification = "internal"
      kms_key_arn    = aws_kms_key.partner_feed.arn
    }
    logs = {
      classification    = "internal"
      allow_wide_policy = true
    }
  }
}

module "bucket" {
  source   = "../bucket"
  for_each = local.buckets

  name              = "${var.name}-${each.key}-${var.account_id}"
  classification    = each.value.classification
  versioned         = try(each.value.versioned, true)
  kms_key_arn       = try(each.value.kms_key_arn, null)
  allow_wide_policy = try(each.value.allow_wide_policy, false)
}

resource "aws_kms_key" "partner_feed" {
  description             = "Orders handed to the logistics partner"
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Partner"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.partner_account_id}:root" }
        Action    = "kms:Decrypt"
        Resource  = "*"
      }
    ]
  })
}
