# why: the list is for an endpoint that is off
# quiet: aws-eks-cluster-endpoint-open
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids             = ["subnet-0a1b2c3d"]
    endpoint_public_access = false
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}
