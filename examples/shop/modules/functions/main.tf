locals {
  runtime = "python3.13"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

# Schema migrations, started by the release workflow.

resource "aws_lambda_function" "migrations" {
  function_name = "${var.name}-migrations"
  role          = aws_iam_role.migrations.arn
  runtime       = local.runtime
  handler       = "migrations.main"
  s3_bucket     = var.artifact_bucket
  s3_key        = "migrations.zip"
  timeout       = 900

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.group_ids
  }
}

resource "aws_iam_role" "migrations" {
  name               = "${var.name}-migrations"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

# SHOP-412: narrow after the move to Postgres 16.
resource "aws_iam_role_policy" "migrations" {
  name = "migrations"
  role = aws_iam_role.migrations.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "UntilTheMoveIsDone"
        Effect   = "Allow"
        Action   = ["*"]
        Resource = ["*"]
      }
    ]
  })
}

# Payment provider's callbacks. Retries run in short-lived functions of their own.

resource "aws_lambda_function" "webhook" {
  function_name = "${var.name}-webhook"
  role          = aws_iam_role.webhook.arn
  runtime       = local.runtime
  handler       = "webhook.main"
  s3_bucket     = var.artifact_bucket
  s3_key        = "webhook.zip"
  timeout       = 15

  environment {
    variables = {
      EVENTS_TABLE = aws_dynamodb_table.events.name
      RETRY_ROLE   = aws_iam_role.retry.arn
    }
  }
}

resource "aws_iam_role" "webhook" {
  name               = "${var.name}-webhook"
  path               = "/functions/"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "webhook" {
  statement {
    sid       = "Events"
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.events.arn]
  }

  statement {
    sid = "Retries"
    actions = [
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:InvokeFunction",
    ]
    resources = ["arn:aws:lambda:${var.region}:${var.account_id}:function:${var.name}-retry-*"]
  }

  statement {
    sid       = "RetryRole"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.retry.arn]
  }
}

resource "aws_iam_role_policy" "webhook" {
  name   = "webhook"
  role   = aws_iam_role.webhook.name
  policy = data.aws_iam_policy_document.webhook.json
}

resource "aws_iam_role" "retry" {
  name               = "${var.name}-retry"
  path               = "/functions/"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "retry" {
  name = "logs"
  role = aws_iam_role.retry.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/aws/lambda/${var.name}-retry-*"
      }
    ]
  })
}

resource "aws_dynamodb_table" "events" {
  name         = "${var.name}-payment-events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "event_id"

  attribute {
    name = "event_id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}
