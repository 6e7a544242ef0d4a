# The way in: a role that anyone with an AWS account may assume.
resource "aws_iam_role" "door" {
  name = "door"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "door" {
  name = "door"
  role = aws_iam_role.door.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["kms:DisableKey"], Resource = "*" },
      { Effect = "Deny", Action = ["kms:Disable*"], Resource = "*" },
    ]
  })
}

resource "aws_kms_key" "main" {
  description = "main"
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
  bucket = aws_s3_bucket.data.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.main.arn
    }
  }
}
