# why: all five, in another order
# quiet: aws-eks-cluster-unlogged
resource "aws_eks_cluster" "c" {
  name                      = "c"
  role_arn                  = "arn:aws:iam::111122223333:role/eks"
  enabled_cluster_log_types = ["scheduler", "api", "audit", "authenticator", "controllerManager"]
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d"]

  }
}
