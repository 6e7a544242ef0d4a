data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "app" {
  name               = "${var.name}-app"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_instance_profile" "app" {
  name = "${var.name}-app"
  role = aws_iam_role.app.name
}

resource "aws_iam_role_policy" "app" {
  name = "runtime"
  role = aws_iam_role.app.id

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "DatabasePassword",
          "Effect": "Allow",
          "Action": "secretsmanager:GetSecretValue",
          "Resource": "${var.database_secret_arn}"
        },
        {
          "Sid": "SecretKey",
          "Effect": "Allow",
          "Action": ["kms:Decrypt"],
          "Resource": "${var.kms_key_arn}"
        },
        {
          "Sid": "Uploads",
          "Effect": "Allow",
          "Action": ["s3:PutObject", "s3:AbortMultipartUpload"],
          "Resource": "${var.media_bucket_arn}/uploads/*"
        },
        {
          "Sid": "PartnerFeed",
          "Effect": "Allow",
          "Action": "s3:PutObject",
          "Resource": "${var.partner_feed_bucket_arn}/orders/*"
        },
        {
          "Sid": "PartnerFeedKey",
          "Effect": "Allow",
          "Action": "kms:GenerateDataKey",
          "Resource": "${var.partner_feed_key_arn}"
        },
        {
          "Sid": "Logs",
          "Effect": "Allow",
          "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
          "Resource": "*"
        },
        {
          "Sid": "Clickstream",
          "Effect": "Allow",
          "Action": "sts:AssumeRole",
          "Resource": "${var.event_writer_role_arn}"
        }
      ]
    }
  POLICY
}
