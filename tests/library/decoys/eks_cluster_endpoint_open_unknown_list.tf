# why: depends on a variable that nobody gave a value
# depends: aws-eks-cluster-endpoint-open
variable "x" {

}
resource "aws_eks_cluster" "c" {
  name     = "c"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0a1b2c3d"]
    public_access_cidrs = var.x
  }
}
