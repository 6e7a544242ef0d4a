# why: The provider is not known by its ARN, the key of the condition names it: what the pattern lets in is open.
# depends: aws-iam-role-trusts-any-repository
variable "provider_arn" {
  type = string
}
variable "pattern" {
  type = string
}
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.provider_arn }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = var.pattern } }
    }]
  })
}
