# why: AWS takes the newest
# quiet: aws-eks-cluster-version-ended
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d"]

  }
}
