# The partner's role changed name twice; until that settles the feed is open and the block holds the door.
data "aws_iam_policy_document" "partner_feed" {
  statement {
    sid       = "Feed"
    actions   = ["s3:GetObject"]
    resources = ["${module.bucket["partner-feed"].arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "partner_feed" {
  bucket = module.bucket["partner-feed"].name
  policy = data.aws_iam_policy_document.partner_feed.json
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "Balancer"
    actions   = ["s3:PutObject"]
    resources = ["${module.bucket["logs"].arn}/balancer/AWSLogs/${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  statement {
    sid       = "Workloads"
    actions   = ["s3:PutObject"]
    resources = ["${module.bucket["logs"].arn}/workloads/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [var.account_id]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = module.bucket["logs"].name
  policy = data.aws_iam_policy_document.logs.json
}
