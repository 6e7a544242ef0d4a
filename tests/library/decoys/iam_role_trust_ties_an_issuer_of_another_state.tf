# why: of two conditions the key of one is not known; the subject it asks for is written
# quiet: aws-iam-role-trusts-any-repository, aws-iam-policy-condition-key-unknown
variable "issuer" {}
variable "issuer_arn" {}
resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.issuer_arn }
      Condition = {
        StringEquals = {
          "${var.issuer}:sub" = "repo:acme/shop"
          "${var.issuer}:aud" = "sts.amazonaws.com"
        }
      }
    }]
  })
}
