# Support cases: operators look a single customer up.

data "aws_iam_policy_document" "operators" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.operator_role_arn]
    }
  }
}

resource "aws_iam_role" "reader" {
  name               = "data-reader"
  assume_role_policy = data.aws_iam_policy_document.operators.json
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${module.customers.arn}/*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.customers.arn]
  }
}

resource "aws_iam_role_policy" "reader" {
  name   = "read"
  role   = aws_iam_role.reader.id
  policy = data.aws_iam_policy_document.reader.json
}

# The nightly job, and its backfills by hand.

resource "aws_iam_role" "etl" {
  name = "data-etl"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "glue.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = var.operator_role_arn }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "etl" {
  name = "job"
  role = aws_iam_role.etl.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:*"
        Resource = ["arn:aws:s3:::${var.name}-customer-*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = aws_kms_key.customers.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "${module.analytics.arn}/daily/*"
      }
    ]
  })
}

# Clickstream from the application's hosts.

resource "aws_iam_role" "analytics" {
  name                 = "data-analytics"
  permissions_boundary = aws_iam_policy.analytics_boundary.arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.app_role_arn }
        Action    = "sts:AssumeRole"
      }
    ]
  })
}

resource "aws_iam_role_policy" "analytics" {
  name = "events"
  role = aws_iam_role.analytics.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:*", "kms:*"]
        Resource = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "analytics_boundary" {
  statement {
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${module.analytics.arn}/*"]
  }
}

resource "aws_iam_policy" "analytics_boundary" {
  name   = "data-analytics-boundary"
  policy = data.aws_iam_policy_document.analytics_boundary.json
}
