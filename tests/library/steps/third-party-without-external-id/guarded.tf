# The vendor has to say which of its customers it acts for.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "vendor" {
  name = "vendor"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow", Principal = { AWS = "arn:aws:iam::999988887777:root" }, Action = "sts:AssumeRole", Condition = { StringEquals = { "sts:ExternalId" = "acme-41" } }
    }]
  })
}

resource "aws_iam_role_policy" "vendor" {
  name = "vendor"
  role = aws_iam_role.vendor.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_s3_bucket" "data" {
  bucket = "data"
}
