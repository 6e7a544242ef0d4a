# An access key that does not end by itself, of a user who reads a table of patients.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_user" "etl" {
  name = "etl"
}

resource "aws_iam_access_key" "etl" {
  user   = aws_iam_user.etl.name
  status = "Active"
}

resource "aws_iam_user_policy" "etl" {
  name = "etl"
  user = aws_iam_user.etl.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:Scan", "dynamodb:GetItem"], Resource = aws_dynamodb_table.patients.arn },
    ]
  })
}

resource "aws_dynamodb_table" "patients" {
  name         = "patients"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  tags = { data-class = "confidential" }
}
