# why: two networks of somebody's own
# quiet: aws-eks-cluster-endpoint-open
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0a1b2c3d"]
    public_access_cidrs = ["198.51.100.0/24", "203.0.113.0/24"]
  }
}
