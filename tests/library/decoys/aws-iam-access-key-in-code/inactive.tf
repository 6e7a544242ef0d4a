# quiet: the key opens nothing
resource "aws_iam_access_key" "k" {
  user   = "u"
  status = "Inactive"
}
