# why: Zonal shift acts on EKS clusters, too, which the reference of its actions does not list.
# quiet: aws-iam-policy-resource-inapplicable
resource "aws_iam_policy" "shift" {
  name = "shift"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "arc-zonal-shift:GetManagedResource"
      Resource = "arn:aws:eks:eu-west-1:111122223333:cluster/shop"
    }]
  })
}
