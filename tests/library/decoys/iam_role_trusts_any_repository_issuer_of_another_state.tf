# why: The issuer is made by another state; a condition asks for one service account of it.
# quiet: aws-iam-role-trusts-any-repository
variable "issuer_arn" {
  type = string
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.issuer_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${replace(var.issuer_arn, "/^(.*provider/)/", "")}:sub"
      values   = ["system:serviceaccount:shop:orders"]
    }
  }
}
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
