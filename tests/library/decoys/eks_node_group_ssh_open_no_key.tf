# why: without a key no port is opened
# quiet: aws-eks-node-group-ssh-open
resource "aws_eks_node_group" "g" {
  node_role_arn = "arn:aws:iam::111122223333:role/n"
  subnet_ids    = ["subnet-0a1b2c3d"]
  cluster_name  = "c"
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
