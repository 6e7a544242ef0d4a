# why: the key opens nothing
# quiet: aws-iam-access-key-in-code
resource "aws_iam_access_key" "k" {
  user   = "u"
  status = "Inactive"
}
