# why: The key is what a module hands out that is not here.
# quiet: aws-eks-cluster-secrets-unkeyed
module "key" {
  source = "git::https://git.example.com/modules/key.git"
}
resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/shop"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = module.key.arn
    }
  }
}
