# why: The policy is one of this code; its ARN is none of AWS's, though it is not known yet.
# quiet: aws-iam-group-administrator
resource "aws_iam_policy" "read" {
  name_prefix = "read"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-data/*" }]
  })
}
resource "aws_iam_group" "readers" {
  name = "readers"
}
resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = aws_iam_policy.read.arn
}
