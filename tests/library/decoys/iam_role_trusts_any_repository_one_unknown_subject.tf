# why: One subject is asked for by equality; which one is known at plan time.
# quiet: aws-iam-role-trusts-any-repository
data "google_storage_transfer_project_service_account" "default" {}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["accounts.google.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "accounts.google.com:sub"
      values   = [data.google_storage_transfer_project_service_account.default.subject_id]
    }
  }
}
resource "aws_iam_role" "transfer" {
  name               = "transfer"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
