# why: the key is made by the same code
# quiet: aws-eks-cluster-secrets-unkeyed
resource "aws_kms_key" "k" {}
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.k.arn
    }
  }
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d"]

  }
}
