# why: the policy is never made
# quiet: aws-iam-user-inline-policy
resource "aws_iam_user" "u" {
  name = "u"
}
resource "aws_iam_user_policy" "u" {
  count  = 0
  user   = aws_iam_user.u.name
  policy = "{}"
}
