# why: another managed policy
# quiet: aws-iam-group-administrator
resource "aws_iam_group" "g" {
  name = "g"
}
resource "aws_iam_group_policy_attachment" "g" {
  group      = aws_iam_group.g.name
  policy_arn = "arn:aws:iam::aws:policy/job-function/SystemAdministrator"
}
