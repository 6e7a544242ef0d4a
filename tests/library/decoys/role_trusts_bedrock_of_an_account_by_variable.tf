# why: which account it is, is not known, and one is demanded
# quiet: aws-iam-role-trusts-bedrock-unguarded
variable "account" {}

resource "aws_iam_role" "desk" {
  name = "desk"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "bedrock.amazonaws.com" }
        Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
      },
    ]
  })
}
