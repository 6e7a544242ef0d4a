# why: every other source is denied in a statement of its own
# quiet: aws-iam-role-trusts-bedrock-unguarded
resource "aws_iam_role" "desk" {
  name = "desk"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "bedrock.amazonaws.com" } },
      {
        Effect    = "Deny"
        Action    = "sts:AssumeRole"
        Principal = { Service = "bedrock.amazonaws.com" }
        Condition = { StringNotEquals = { "aws:SourceAccount" = "111122223333" } }
      },
    ]
  })
}
